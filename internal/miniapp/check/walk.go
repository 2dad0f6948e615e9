package check

import (
	"reflect"
	"strings"

	"github.com/dop251/goja/ast"
)

// maxWalk bounds the depth of a walk over a tree.
const maxWalk = 20_000

// trail is the way from the root of a tree to a node, outermost first.
type trail []ast.Node

// walk visits every node of a tree, parents before children; visit returns whether to go deeper.
func walk(root ast.Node, visit func(ast.Node, trail) bool) {
	if root != nil {
		walkValue(reflect.ValueOf(root), nil, visit)
	}
}

var nodeType = reflect.TypeFor[ast.Node]()

func walkValue(v reflect.Value, up trail, visit func(ast.Node, trail) bool) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if v.Kind() == reflect.Interface || !v.Type().Implements(nodeType) || v.Elem().Kind() != reflect.Struct {
			walkValue(v.Elem(), up, visit)
			return
		}
		n := v.Interface().(ast.Node)
		if len(up) < maxWalk && visit(n, up) {
			walkFields(v.Elem(), append(up, n), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkValue(v.Index(i), up, visit)
		}
	case reflect.Struct:
		walkFields(v, up, visit)
	}
}

func walkFields(v reflect.Value, up trail, visit func(ast.Node, trail) bool) {
	t := v.Type()
	if !strings.HasSuffix(t.PkgPath(), "goja/ast") {
		return
	}
	for i := range v.NumField() {
		// DeclarationList names again what the body holds; File is the text.
		if f := t.Field(i); f.IsExported() && f.Name != "DeclarationList" && f.Name != "File" {
			walkValue(v.Field(i), up, visit)
		}
	}
}

// bare takes off what optional chaining wraps around an expression, and the (0, f) that compilers write.
func bare(e ast.Expression) ast.Expression {
	for {
		switch x := e.(type) {
		case *ast.OptionalChain:
			e = x.Expression
		case *ast.Optional:
			e = x.Expression
		case *ast.SequenceExpression:
			if len(x.Sequence) == 0 {
				return e
			}
			e = x.Sequence[len(x.Sequence)-1]
		case *ast.AwaitExpression:
			e = x.Argument
		default:
			return e
		}
	}
}

// maxDots bounds the chains of names that are written out.
const maxDots = 16

// dotted writes a chain of names as "wx.modelContext.createSkill"; "" for anything else.
func dotted(e ast.Expression) string { return dottedTo(e, maxDots) }

func dottedTo(e ast.Expression, left int) string {
	if left == 0 {
		return ""
	}
	switch x := bare(e).(type) {
	case *ast.Identifier:
		return x.Name.String()
	case *ast.ThisExpression:
		return "this"
	case *ast.DotExpression:
		if chain := dottedTo(x.Left, left-1); chain != "" {
			return chain + "." + x.Identifier.Name.String()
		}
		return "?." + x.Identifier.Name.String()
	case *ast.BracketExpression:
		if name, ok := text(x.Member); ok {
			if chain := dottedTo(x.Left, left-1); chain != "" {
				return chain + "." + name
			}
		}
	}
	return ""
}

// text yields a string literal, or a template without expressions.
func text(e ast.Expression) (string, bool) {
	switch x := bare(e).(type) {
	case *ast.StringLiteral:
		return x.Value.String(), true
	case *ast.TemplateLiteral:
		if len(x.Expressions) == 0 && x.Tag == nil && len(x.Elements) == 1 {
			return x.Elements[0].Parsed.String(), true
		}
	}
	return "", false
}

// member is one property of an object literal.
type member struct {
	name  string
	value ast.Expression
	node  ast.Node
	async bool
}

// members lists the named properties of an object literal; open tells that it has more than can be seen.
func members(e ast.Expression) (list []member, open, ok bool) {
	o, ok := bare(e).(*ast.ObjectLiteral)
	if !ok {
		return nil, false, false
	}
	for _, p := range o.Value {
		switch x := p.(type) {
		case *ast.PropertyShort:
			list = append(list, member{name: x.Name.Name.String(), value: &x.Name, node: x})
		case *ast.PropertyKeyed:
			name, known := keyName(x)
			if !known {
				open = true
				continue
			}
			list = append(list, member{name: name, value: x.Value, node: x, async: isAsync(x.Value)})
		default:
			open = true
		}
	}
	return list, open, true
}

func keyName(p *ast.PropertyKeyed) (string, bool) {
	switch k := p.Key.(type) {
	case *ast.StringLiteral:
		return k.Value.String(), true
	case *ast.Identifier:
		return k.Name.String(), !p.Computed
	}
	return "", false
}

func find(list []member, name string) (member, bool) {
	for _, m := range list {
		if m.name == name {
			return m, true
		}
	}
	return member{}, false
}

func isAsync(e ast.Expression) bool {
	switch x := e.(type) {
	case *ast.FunctionLiteral:
		return x.Async
	case *ast.ArrowFunctionLiteral:
		return x.Async
	}
	return false
}
