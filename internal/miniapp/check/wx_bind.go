package check

import (
	"path"
	"strings"

	"github.com/dop251/goja/ast"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// cardData is what a component declares and sets.
type cardData struct {
	set     map[string]int // data and setData, with the line of the first mention
	props   map[string]bool
	dynamic string // why not all can be seen; "" when it can
}

// cardBindings: V011.
func cardBindings(c *checker) {
	c.cards("index.wxml", func(_ *miniapp.Skill, file, text string) {
		code, ok := c.script(path.Join(path.Dir(file), "index.js"))
		if !ok || code.tree == nil {
			return
		}
		data, tpl := readCardData(code), parseMarkup(text)
		scope := scopeOf(tpl)
		used := map[string]bool{}
		reported := map[string]bool{}
		for _, e := range tpl.exprs {
			for i, name := range names(e.name) {
				used[name] = true
				if scope[name] || data.props[name] || data.set[name] > 0 || reported[name] {
					continue
				}
				reported[name] = true
				c.unbound(at{file, e.line}, name, i == 0, data.dynamic)
			}
		}
		for name, line := range data.set {
			if !used[name] && !scope[name] {
				c.warn(at{code.file, line}, "use it in the template, or keep it off data", "data has %q, which the template does not use", name)
			}
		}
	})
}

// unbound reports a name that nothing declares. Only the first name of an expression is certain enough for
// an error: WeChat's validator looks at no other.
func (c *checker) unbound(where at, name string, first bool, dynamic string) {
	switch {
	case dynamic != "":
		c.warn(where, "", "{{%s}} is not declared in data, properties or setData (%s, so that it may still be)", name, dynamic)
	case !first:
		c.warn(where, "", "{{%s}} is not declared in data, properties or setData", name)
	default:
		c.fail(where, "", "{{%s}} is not declared in data, properties or setData", name)
	}
}

// scopeOf lists names that the template itself declares.
func scopeOf(m markup) map[string]bool {
	scope := map[string]bool{"item": true, "index": true, "wx": true}
	for _, t := range m.tags {
		for _, a := range t.attrs {
			switch a.name {
			case "wx:for-item", "wx:for-index", "a:for-item", "a:for-index":
				scope[a.value] = true
			case "module", "name":
				if t.name == "wxs" || t.name == "import-sjs" {
					scope[a.value] = true
				}
			}
		}
		if _, named := t.attr("name"); named && t.name == "template" { // its data comes from where it is used
			for _, e := range m.exprs {
				if e.line >= t.line {
					for _, n := range names(e.name) {
						scope[n] = true
					}
				}
			}
		}
	}
	return scope
}

func readCardData(code *script) cardData {
	d := cardData{set: map[string]int{}, props: map[string]bool{}}
	walk(code.tree, func(n ast.Node, _ trail) bool {
		x, ok := n.(*ast.CallExpression)
		if !ok || len(x.ArgumentList) == 0 {
			return true
		}
		name := dotted(x.Callee)
		switch {
		case name == "Component" || name == "Page":
			d.options(code, x.ArgumentList[0])
		case name == "Behavior":
			d.dynamic = "it uses behaviors"
		case name == "setData" || strings.HasSuffix(name, ".setData"):
			d.setData(code, x.ArgumentList[0])
		}
		return true
	})
	return d
}

func (d *cardData) options(code *script, e ast.Expression) {
	list, open, ok := members(e)
	if !ok || open {
		d.dynamic = "its options are not a plain object"
	}
	if m, ok := find(list, "data"); ok {
		keys, open, literal := members(m.value)
		if !literal || open {
			d.dynamic = "data is not a plain object"
		}
		for _, k := range keys {
			d.note(code, k.name, k.node)
		}
	}
	for _, where := range []string{"properties", "props"} {
		if m, ok := find(list, where); ok {
			keys, _, _ := members(m.value)
			for _, k := range keys {
				d.props[k.name] = true
			}
		}
	}
	if m, ok := find(list, "behaviors"); ok {
		if _, isList := m.value.(*ast.ArrayLiteral); isList {
			d.dynamic = "it uses behaviors"
		}
	}
	if _, ok := find(list, "observers"); ok {
		d.dynamic = "it uses observers"
	}
}

func (d *cardData) setData(code *script, e ast.Expression) {
	keys, open, ok := members(e)
	if !ok {
		d.dynamic = "setData is given a variable"
		return
	}
	if open {
		d.dynamic = "setData spreads or computes keys"
	}
	for _, k := range keys {
		if strings.Contains(k.name, "[") {
			d.dynamic = "setData uses paths with an index"
		}
		d.note(code, k.name, k.node)
	}
}

func (d *cardData) note(code *script, key string, n ast.Node) {
	if i := strings.IndexAny(key, ".["); i >= 0 {
		key = key[:i]
	}
	if key != "" && d.set[key] == 0 {
		d.set[key] = code.line(n)
	}
}
