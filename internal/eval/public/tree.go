package public

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/fault"
)

// node is an expression: a name and members, whose order means nothing; a leaf has no members.
type node struct {
	name    string
	members []node
}

// text writes a tree with the members of every node sorted.
func (n node) text() string {
	if len(n.members) == 0 {
		return n.name
	}
	var parts []string
	for _, m := range n.members {
		parts = append(parts, m.text())
	}
	slices.Sort(parts)
	return "(" + strings.TrimSpace(n.name+" "+strings.Join(parts, " ")) + ")"
}

// parseOrder reads a list of expressions: (NAME member … ) (NAME …).
func parseOrder(s string) (node, error) {
	root := node{}
	stack := []*node{&root}
	fields := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(s))
	for i := 0; i < len(fields); i++ {
		top := stack[len(stack)-1]
		switch fields[i] {
		case "(":
			if i+1 >= len(fields) {
				return root, fault.New(fault.Invalid, "the expression %q ends in an opening bracket", s)
			}
			i++
			stack = append(stack, &node{name: fields[i]})
		case ")":
			if len(stack) < 2 {
				return root, fault.New(fault.Invalid, "the expression %q closes more brackets than it opens", s)
			}
			stack = stack[:len(stack)-1]
			stack[len(stack)-1].members = append(stack[len(stack)-1].members, *top)
		default:
			top.members = append(top.members, node{name: fields[i]})
		}
	}
	if len(stack) != 1 {
		return root, fault.New(fault.Invalid, "the expression %q leaves brackets open", s)
	}
	return root, nil
}

// order is what a thought orders, as the set writes it.
func (s shop) order(t assist.Thought) string {
	root := node{}
	if t.Plan == nil {
		return root.text()
	}
	for _, step := range t.Plan.Steps {
		for name, list := range step.Args {
			for _, e := range list.List {
				root.members = append(root.members, s.thing(name, e))
			}
		}
	}
	return root.text()
}

func (s shop) thing(name string, e plan.Arg) node {
	n := node{name: strings.ToUpper(name)}
	if _, counted := e.Object["number"]; !counted {
		n.members = append(n.members, node{name: "NUMBER", members: []node{{name: "1"}}})
	}
	for prop, a := range e.Object {
		slot := strings.ToUpper(prop)
		switch {
		case s.counted[prop] != "":
			n.members = append(n.members, node{name: s.counted[prop], members: []node{{name: slot, members: []node{{name: fmt.Sprint(a.Value)}}}}})
		case a.List == nil:
			n.members = append(n.members, node{name: slot, members: []node{{name: fmt.Sprint(a.Value)}}})
		}
		for _, one := range a.List {
			n.members = append(n.members, option(slot, prop, one))
		}
	}
	return n
}

// option is one of several options of a thing: left out, little or plenty of it, or just it.
func option(slot, prop string, a plan.Arg) node {
	v := a.Value
	if a.Object != nil {
		v = a.Object[prop].Value
	}
	n := node{name: slot, members: []node{{name: fmt.Sprint(v)}}}
	if a.Object["not"].Value == true {
		n = node{name: "NOT", members: []node{n}}
	}
	if q, ok := a.Object["quantity"]; ok {
		n = node{name: "COMPLEX", members: []node{{name: "QUANTITY", members: []node{{name: fmt.Sprint(q.Value)}}}, n}}
	}
	return n
}
