package quote

import (
	"strconv"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/order"
)

// facts fills what stands beside the amount: order number, address, time, expiry and details.
func (r *reader) facts() {
	r.orderRef()
	r.quote.Address = r.factText("address")
	r.quote.Time = r.when()
	r.expiry()
	for _, role := range []string{"origin", "destination"} {
		if n := r.fact(role); n != nil {
			r.detail(r.label(n), placeText(n))
			if role == "destination" && r.quote.Address == "" {
				r.quote.Address = placeText(n)
			}
		}
	}
	r.pickedPlaces()
	r.others()
}

func (r *reader) orderRef() {
	var found *node
	r.scope.walk(func(k *node) bool {
		if k.kind == array && k != r.scope {
			return false
		}
		if isOrderID(k) && (found == nil || k.depth < found.depth) {
			found = k
		}
		return true
	})
	if found != nil {
		r.quote.OrderRef = found.text
	}
}

// fact is a value of a role in the order's part of the result, else in what stands around it, else in what was asked for.
func (r *reader) fact(role string) *node {
	for _, from := range []*node{r.scope, r.root, r.args} {
		if n := bestIn(from, role, none-1); n != nil && placeText(n) != "" {
			return n
		}
	}
	return nil
}

func (r *reader) factText(role string) string {
	if n := r.fact(role); n != nil {
		return placeText(n)
	}
	return ""
}

// placeText is an address or place in words: a text, or the texts of {name, phone, detail} one after the other.
func placeText(n *node) string {
	switch n.kind {
	case text:
		return n.text
	case object:
		var parts []string
		for _, k := range n.kids {
			if k.kind == text && k.text != "" && !(plays("plumbing", k) && !strings.Contains(k.words, "phone")) {
				parts = append(parts, k.text)
			}
		}
		return clean(strings.Join(parts, " "), maxValue)
	default:
		return ""
	}
}

func (r *reader) when() string {
	t, d := r.fact("time"), r.fact("date")
	r.quote.About = t != nil && saysAny(t.full(), words.Units["about"])
	at, day := whenText(t), whenText(d)
	switch {
	case at == "":
		return day
	case day == "" || t == d || strings.Contains(at, day) || len(at) > len("15:04:05 – 15:04:05"):
		return at
	default:
		return day + " " + at
	}
}

func whenText(n *node) string {
	if n == nil {
		return ""
	}
	if n.kind == number {
		return ""
	}
	return placeText(n)
}

func (r *reader) expiry() {
	n := bestIn(r.scope, "expiry", none-1)
	if n == nil {
		return
	}
	if t, ok := moment(n); ok {
		r.quote.Expires = t
	}
}

// zone is where a merchant's time without a zone is meant; China has one.
var zone = time.FixedZone("CST", 8*60*60)

// moment reads RFC 3339, "2006-01-02 15:04[:05]" (in China's zone) and Unix seconds or milliseconds.
func moment(n *node) (time.Time, bool) {
	if n.kind == text {
		for _, layout := range []string{time.RFC3339Nano, time.RFC3339} {
			if t, err := time.Parse(layout, n.text); err == nil {
				return t.UTC(), inRange(t)
			}
		}
		for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006/01/02 15:04:05", "2006/01/02 15:04"} {
			if t, err := time.ParseInLocation(layout, n.text, zone); err == nil {
				return t.UTC(), inRange(t)
			}
		}
	}
	v, err := strconv.ParseInt(strings.TrimSuffix(n.text, ".0"), 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	if v > 1e11 {
		v /= 1000
	}
	t := time.Unix(v, 0).UTC()
	return t, inRange(t)
}

// inRange keeps out what is a duration or nonsense; the years JSON can carry end at 9999.
func inRange(t time.Time) bool { return t.Year() >= 2000 && t.Year() < 3000 }

// pickedPlaces shows what was chosen on the way and has no price of its own: the outlet, the slot, where to go.
// A place is the address when its argument is a destination, or has no direction and the place has an address.
func (r *reader) pickedPlaces() {
	for _, p := range r.picked {
		e := parse(p.Element, nil)
		if e == nil || e.kind != object || p.Title == "" || amountIn(e, "unitPrice") != nil {
			continue
		}
		field := r.argument(p.Arg)
		title := clean(p.Title, maxValue)
		r.detail(strings.TrimRight(idWords.Replace(r.label(field)), " "), title)
		if r.quote.Address != "" || plays("origin", field) {
			continue
		}
		if plays("destination", field) {
			r.quote.Address = title
		} else if n := bestIn(e, "address", none-1); n != nil {
			r.quote.Address = placeText(n)
		}
	}
}

// idWords take "number of the" out of a label: what is shown is the thing itself.
var idWords = strings.NewReplacer("编号", "", " ID", "", " id", "", "ID", "")

// argument is the argument "items[0].drinkId" as a value without an id in its name, with the schema that any of the
// service's capabilities gives it.
func (r *reader) argument(arg string) *node {
	name := arg[strings.LastIndexByte(arg, '.')+1:]
	n := &node{name: name}
	for _, c := range append([]catalog.Capability{r.cap}, r.svc.Capabilities...) {
		if s := inputNamed(c.Input, name, 0); s != nil {
			n.schema = s
			break
		}
	}
	n.describe()
	n.words = strings.TrimSuffix(n.words, "id ")
	n.head = idWords.Replace(n.head)
	return n
}

func inputNamed(s *catalog.Schema, name string, depth int) *catalog.Schema {
	if s == nil || depth > maxDepth {
		return nil
	}
	if p, ok := s.Property(name); ok {
		return p
	}
	for _, p := range s.Properties {
		if found := inputNamed(p.Schema, name, depth+1); found != nil {
			return found
		}
	}
	return inputNamed(s.Items, name, depth+1)
}

// others shows the remaining short facts of the result, in the merchant's order.
func (r *reader) others() {
	r.scope.walk(func(k *node) bool {
		if k.kind == array && k != r.scope {
			return false
		}
		if k == r.scope || !k.scalar() || k.text == "" || r.known(k) || strings.Contains(k.text, "://") {
			return true
		}
		r.detail(r.label(k), withUnit(k))
		return true
	})
}

// known tells values that play another role already, or none that a person would want to read.
func (r *reader) known(n *node) bool {
	for _, role := range []string{"total", "subtotal", "fee", "unitPrice", "lineTotal", "quantity", "orderID", "status", "expiry", "address", "time", "date", "origin", "destination", "currency", "plumbing"} {
		if rank(role, n) < none {
			return true
		}
	}
	if n.parent != nil && n.parent != r.scope && (plays("address", n.parent) || plays("origin", n.parent) || plays("destination", n.parent) || plays("total", n.parent)) {
		return true
	}
	return r.named(n) || isOrderID(n) || n.kind == number && n.schema == nil || saysAny(n.words, []string{"created", "updated", "timestamp", "at", "rating", "score", "payee"})
}

// named tells a name of what is ordered, in any language, and a code that only repeats one.
func (r *reader) named(n *node) bool {
	if rank("name", n) < 4 {
		return true
	}
	for _, l := range r.quote.Lines {
		if strings.EqualFold(l.Title, n.text) {
			return true
		}
	}
	for _, k := range n.parent.kids {
		if k != n && k.kind == text && rank("name", k) < 4 && strings.EqualFold(k.text, n.text) {
			return true
		}
	}
	return false
}

// label names a value for people: the schema's title, a short description, else its name in words.
func (r *reader) label(n *node) string {
	if n.schema != nil {
		if n.schema.Title != "" {
			return clean(n.schema.Title, maxTitle)
		}
		if d := firstClause(n.schema.Description); d != "" && len([]rune(d)) <= 32 {
			return d
		}
	}
	if s := clean(strings.TrimSpace(n.words), maxTitle); s != "" {
		return s
	}
	return "–" // a name of nothing but signs
}

// withUnit writes a value with the unit its description gives in brackets: 12 (分钟).
func withUnit(n *node) string {
	v := labelOfValue(n)
	if n.kind != number || n.schema == nil {
		return v
	}
	d := n.schema.Description
	for _, pair := range [][2]string{{"（", "）"}, {"(", ")"}} {
		if _, rest, ok := strings.Cut(d, pair[0]); ok {
			if u, _, ok := strings.Cut(rest, pair[1]); ok && len([]rune(u)) <= 8 {
				return v + " " + clean(u, maxTitle)
			}
		}
	}
	return v
}

func (r *reader) detail(label, value string) {
	label, value = clean(label, maxTitle), clean(value, maxValue)
	if label == "" || value == "" || len(r.quote.Details) >= maxDetails {
		return
	}
	for _, d := range r.quote.Details {
		if d.Label == label || d.Value == value {
			return
		}
	}
	r.quote.Details = append(r.quote.Details, order.Detail{Label: label, Value: value})
}
