package quote

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"

	"github.com/bangwo/bangwo/internal/catalog"
)

type kind int

const (
	null kind = iota
	object
	array
	text
	number
	boolean
)

// node is a JSON value with its name, its schema (when there is one) and its members in written order.
type node struct {
	kind   kind
	name   string
	schema *catalog.Schema
	parent *node
	kids   []*node // members of an object, elements of an array
	text   string  // of text and number
	words  string  // the name as " lower case words "
	head   string  // title and first clause of the description, lower case, as " words "
	depth  int
	listed bool // stands inside an array
}

type treeReader struct {
	dec   *json.Decoder
	count int
}

// parse reads JSON into a tree; nil when it is not JSON or goes beyond the bounds.
func parse(raw []byte, schema *catalog.Schema) *node {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	r := &treeReader{dec: dec}
	n, err := r.value(nil, "", schema)
	if err != nil {
		return nil
	}
	return n
}

func (r *treeReader) value(parent *node, name string, schema *catalog.Schema) (*node, error) {
	tok, err := r.dec.Token()
	if err != nil {
		return nil, err
	}
	r.count++
	n := &node{name: name, schema: schema, parent: parent}
	if parent != nil {
		n.depth, n.listed = parent.depth+1, parent.listed || parent.kind == array
	}
	if r.count > maxNodes || n.depth > maxDepth {
		return nil, errBounds
	}
	n.describe()
	switch t := tok.(type) {
	case json.Delim:
		if t == '{' {
			n.kind = object
			return n, r.members(n)
		}
		n.kind = array
		return n, r.elements(n)
	case string:
		n.kind, n.text = text, clean(t, maxValue)
	case json.Number:
		n.kind, n.text = number, t.String()
	case bool:
		n.kind = boolean
		n.text = "false"
		if t {
			n.text = "true"
		}
	}
	return n, nil
}

func (r *treeReader) members(n *node) error {
	for r.dec.More() {
		key, err := r.dec.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		kid, err := r.value(n, name, propertyOf(n.schema, name))
		if err != nil {
			return err
		}
		n.kids = append(n.kids, kid)
	}
	_, err := r.dec.Token()
	return err
}

func (r *treeReader) elements(n *node) error {
	var items *catalog.Schema
	if n.schema != nil {
		items = n.schema.Items
	}
	for r.dec.More() {
		kid, err := r.value(n, n.name, items)
		if err != nil {
			return err
		}
		n.kids = append(n.kids, kid)
	}
	_, err := r.dec.Token()
	return err
}

// propertyOf finds a member's schema, also in the branches of oneOf and anyOf.
func propertyOf(s *catalog.Schema, name string) *catalog.Schema {
	if s == nil {
		return nil
	}
	if p, ok := s.Property(name); ok {
		return p
	}
	for _, o := range s.Options {
		if p, ok := o.Property(name); ok {
			return p
		}
	}
	return nil
}

func (n *node) describe() {
	n.words = splitName(n.name)
	if n.schema == nil {
		return
	}
	n.head = " " + strings.ToLower(strings.TrimSpace(n.schema.Title+" "+firstClause(n.schema.Description))) + " "
}

// full is all that is said of a value: name, title and whole description, lower case.
func (n *node) full() string {
	if n.schema == nil {
		return n.words
	}
	return n.words + " " + strings.ToLower(n.schema.Title+" "+n.schema.Description) + " "
}

// walk visits n and what is under it; a false of visit keeps it out of the value's inside.
func (n *node) walk(visit func(*node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for _, k := range n.kids {
		k.walk(visit)
	}
}

func (n *node) member(name string) *node {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

func (n *node) scalar() bool { return n.kind == text || n.kind == number }

// splitName turns totalPrice, total_price and TOTAL-PRICE into " total price ".
func splitName(s string) string {
	var b strings.Builder
	b.WriteByte(' ')
	rs := []rune(s)
	for i, r := range rs {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			b.WriteByte(' ')
			continue
		}
		if i > 0 && unicode.IsUpper(r) && (unicode.IsLower(rs[i-1]) ||
			(i+1 < len(rs) && unicode.IsUpper(rs[i-1]) && unicode.IsLower(rs[i+1]))) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	b.WriteByte(' ')
	return " " + strings.Join(strings.Fields(b.String()), " ") + " "
}

// firstClause cuts a description at its first pause: what follows are usage notes.
func firstClause(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, "，。；;,\n（(：:【"); i > 0 {
		s = s[:i]
	}
	if i := strings.Index(s, ". "); i > 0 {
		s = s[:i]
	}
	return clean(s, maxTitle)
}

// clean bounds a merchant's text and drops control and direction characters, which could disguise it.
func clean(s string, limit int) string {
	out := make([]rune, 0, min(len(s), limit))
	for _, r := range s {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			r = ' '
		}
		if len(out) >= limit {
			out[limit-1] = '…'
			break
		}
		out = append(out, r)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
