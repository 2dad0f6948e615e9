package quote

import (
	"encoding/json"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
)

func encode(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return raw
}

// findScope picks the object that speaks of the one order: the root, an inner object such as data.order, or the
// only element of a list. A list of several is a list of offers and gives a scope only when one was picked.
func (r *reader) findScope(root *node) *node {
	if root == nil {
		return nil
	}
	if root.kind == array {
		return r.oneOf(root)
	}
	if root.kind != object {
		return nil
	}
	if evidence(root) || !hasList(root) || r.cap.Effect != catalog.Read {
		return root
	}
	if list := offers(root); list != nil {
		return r.oneOf(list)
	}
	return root
}

// evidence tells whether a subtree speaks of one order: it states a total or an order id.
func evidence(n *node) bool {
	found := false
	n.walk(func(k *node) bool {
		if k.kind == array {
			return false
		}
		if k != n && rank("total", k) <= 5 && isMoney(k) && !isCount(k) {
			found = true
		}
		found = found || isOrderID(k)
		return !found
	})
	return found
}

func isMoney(n *node) bool {
	_, ok := sumOf(n)
	return ok
}

// isCount tells a bare "total: 8" that counts the list beside it from an amount.
func isCount(n *node) bool {
	if strings.TrimSpace(n.words) != "total" || n.parent == nil || unitAround(n) != unknown {
		return false
	}
	for _, k := range n.parent.kids {
		if k.kind == array && rank("lines", k) > 0 {
			return true
		}
		if k.kind == array && n.text == itoa(len(k.kids)) {
			return true
		}
	}
	return false
}

func hasList(n *node) bool { return offers(n) != nil }

// offers is the first list of objects.
func offers(root *node) *node {
	var found *node
	root.walk(func(k *node) bool {
		if found != nil {
			return false
		}
		if k.kind == array {
			if len(k.kids) > 0 && k.kids[0].kind == object {
				found = k
			}
			return false
		}
		return true
	})
	return found
}

// oneOf is the element of a list that is meant: the only one, or the one that was picked.
func (r *reader) oneOf(list *node) *node {
	if len(list.kids) == 1 && list.kids[0].kind == object {
		return list.kids[0]
	}
	for _, p := range r.picked {
		want := parse(p.Element, list.schema)
		if want == nil || want.kind != object {
			continue
		}
		for _, k := range list.kids {
			if same(k, want) {
				return k
			}
		}
	}
	return r.askedFor(list)
}

// askedFor is the element whose order id was sent in the arguments.
func (r *reader) askedFor(list *node) *node {
	sent := map[string]bool{}
	r.args.walk(func(k *node) bool {
		if k.scalar() && (isOrderID(k) || strings.HasSuffix(strings.TrimSpace(k.words), " id")) {
			sent[k.text] = true
		}
		return true
	})
	for _, k := range list.kids {
		for _, m := range k.kids {
			if m.scalar() && sent[m.text] && (isOrderID(m) || strings.HasSuffix(strings.TrimSpace(m.words), "id")) {
				return k
			}
		}
	}
	return nil
}

func same(a, b *node) bool {
	if a.kind != b.kind || a.text != b.text || len(a.kids) != len(b.kids) {
		return false
	}
	if a.kind == object {
		for _, k := range a.kids {
			if m := b.member(k.name); m == nil || !same(k, m) {
				return false
			}
		}
		return true
	}
	for i := range a.kids {
		if !same(a.kids[i], b.kids[i]) {
			return false
		}
	}
	return true
}

// isOrderID tells an order's own number; a bare "id" counts inside something called an order.
func isOrderID(n *node) bool {
	if !n.scalar() || n.text == "" || n.listed && n.parent != nil && n.parent.parent != nil && n.parent.parent.kind == array && plays("lines", n.parent) {
		return false
	}
	if plays("orderID", n) {
		return true
	}
	bare := strings.TrimSpace(n.words)
	return (bare == "id" || bare == "no" || bare == "number" || bare == "sn") && n.parent != nil && rank("orderWord", n.parent)%2 == 0 && plays("orderWord", n.parent)
}

// best is the value in the scope that plays a role best; shallower wins, lists are not entered. limit is the worst rank taken.
func (r *reader) best(role string, limit int) *node {
	return bestIn(r.scope, role, limit)
}

func bestIn(scope *node, role string, limit int) *node {
	var found *node
	score := none
	scope.walk(func(k *node) bool {
		if k.kind == array && k != scope {
			return false
		}
		if k == scope || k.kind == null || k.kind == boolean {
			return true
		}
		if s := rank(role, k); s <= limit && s < none && 8*s+k.depth < score {
			found, score = k, 8*s+k.depth
		}
		return true
	})
	return found
}
