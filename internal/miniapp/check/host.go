package check

import (
	"strings"

	"github.com/dop251/goja/ast"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// set makes a set of words.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// wxHost: B008.
func wxHost(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		c.contexts(s, func(code *script, where string) {
			for _, call := range code.facts.calls {
				if name, ok := strings.CutPrefix(call.name, "wx."); ok && !miniapp.HostOpen(miniapp.WX, name, miniapp.Place(where)) {
					c.fail(at{code.file, call.line}, "", "wx.%s is not available in a %s", name, where)
				}
			}
		})
	})
}

// myHost: A020, A022.
func myHost(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		c.contexts(s, func(code *script, where string) {
			if code.tree == nil {
				for _, call := range code.facts.calls {
					c.myName(at{code.file, call.line}, call.name, where)
				}
				return
			}
			walk(code.tree, func(n ast.Node, _ trail) bool {
				switch x := n.(type) {
				case *ast.DotExpression:
					if isMy(x.Left) {
						c.myName(at{code.file, code.line(x)}, "my."+x.Identifier.Name.String(), where)
					}
				case *ast.BracketExpression:
					if name, ok := text(x.Member); ok && isMy(x.Left) {
						c.myName(at{code.file, code.line(x)}, "my."+name, where)
					} else if isMy(x.Left) {
						c.warn(at{code.file, code.line(x)}, "call the interface by its name", "my[…] hides which interface is called")
					}
				case *ast.Binding:
					if pattern, ok := x.Target.(*ast.ObjectPattern); ok && isMy(x.Initializer) {
						for _, name := range patternNames(pattern) {
							c.myName(at{code.file, code.line(x)}, "my."+name, where)
						}
					}
				}
				return true
			})
		})
	})
}

func isMy(e ast.Expression) bool {
	id, ok := bare(e).(*ast.Identifier)
	return ok && id.Name == "my"
}

func (c *checker) myName(where at, name, context string) {
	rest, ok := strings.CutPrefix(name, "my.")
	if !ok {
		return
	}
	rest, _, _ = strings.Cut(rest, ".")
	if !miniapp.HostOpen(miniapp.MY, rest, miniapp.Place(context)) {
		c.fail(where, "use an interface that is open here, or hand over to a page", "my.%s is not available in a %s", rest, context)
	}
}

// timers: A021. Static cards have none; in dynamic cards a timer carries no tap.
func timers(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		c.contexts(s, func(code *script, where string) {
			for _, call := range code.facts.calls {
				if where == inCard && (call.name == "setTimeout" || call.name == "setInterval") {
					c.fail(at{code.file, call.line}, "declare scope.dynamic, or do without", "%s is not available in a static card", call.name)
				}
				if where != inAPI && strings.HasSuffix(call.name, ".sendFollowUpMessage") && underTimer(call.up) {
					c.fail(at{code.file, call.line}, "send it from a tap handler", "a timer may not send a follow-up message")
				}
			}
		})
	})
}

func underTimer(up trail) bool {
	for _, n := range up {
		if x, ok := n.(*ast.CallExpression); ok {
			if name := dotted(x.Callee); name == "setTimeout" || name == "setInterval" {
				return true
			}
		}
	}
	return false
}

// payments: A023. my.tradePay belongs into a tap handler of a dynamic card.
func payments(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		taps := c.tapHandlers(s)
		c.contexts(s, func(code *script, where string) {
			for _, call := range code.facts.calls {
				if call.name != "my.tradePay" {
					continue
				}
				spot := at{code.file, call.line}
				method := outerMethod(call.up)
				switch {
				case where != inDynamic:
					c.fail(spot, "put the payment behind a pay button of a dynamic card", "my.tradePay in a %s: only a dynamic card may pay", where)
				case underTimer(call.up):
					c.fail(spot, "start the payment from the tap itself", "my.tradePay runs from a timer")
				case lifecycle[method]:
					c.fail(spot, "start the payment from the tap itself", "my.tradePay runs from %s, without a tap", method)
				case method != "" && !taps[method]:
					c.warn(spot, "bind it to the tap of a pay button", "no template binds a tap to %s, which pays", method)
				}
				if where == inDynamic && !strings.Contains(code.text, "9000") {
					c.warn(spot, "tell success, cancel, failure and unknown apart, and ask the server afterwards", "the result of my.tradePay is not looked at")
				}
			}
		})
	})
}

var lifecycle = set(`onInit didMount didUpdate didUnmount deriveDataFromProps created attached ready onLoad onShow onReady`)

// outerMethod names the innermost named method around a node.
func outerMethod(up trail) string {
	for i := len(up) - 1; i >= 0; i-- {
		if p, ok := up[i].(*ast.PropertyKeyed); ok {
			if name, ok := keyName(p); ok {
				switch p.Value.(type) {
				case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
					if name != "success" && name != "fail" && name != "complete" {
						return name
					}
				}
			}
		}
	}
	return ""
}

func (c *checker) tapHandlers(s *miniapp.Skill) map[string]bool {
	taps := map[string]bool{}
	for _, file := range c.files(s.Path, ".axml") {
		body, _ := c.read(file)
		for _, t := range parseMarkup(body).tags {
			for _, a := range t.attrs {
				if a.name == "onTap" || a.name == "catchTap" {
					taps[a.value] = true
				}
			}
		}
	}
	return taps
}
