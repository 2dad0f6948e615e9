package quote

import (
	"slices"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/order"
)

// pickedLines makes lines of the elements that were chosen on the way: each with a price, times the quantity that
// stands beside it in the arguments.
func (r *reader) pickedLines() []line {
	var sent, other []line
	product := ""
	for _, p := range r.picked {
		l, ok := r.pickedLine(p)
		if !ok || len(sent) == maxLines {
			continue
		}
		if !variant(parse(p.Element, nil), l.Title) {
			product = l.Title
		} else if product != "" {
			l.Title, l.Options = product, unique(append([]string{l.Title}, l.Options...))
		}
		if r.wasSent(p) {
			sent = merge(sent, l)
		} else {
			other = []line{l} // of a chain (the product, then its size) the last one has the price
		}
	}
	if len(sent) > 0 {
		return sent
	}
	return other
}

// wasSent tells whether the picked value is among the arguments.
func (r *reader) wasSent(p plan.Picked) bool {
	at := r.place(p.Arg)
	if at == nil {
		return false
	}
	k := at.member(p.Arg[strings.LastIndexByte(p.Arg, '.')+1:])
	want := parse(encode(p.Value), nil)
	return k != nil && want != nil && k.scalar() && k.text == want.text
}

func (r *reader) pickedLine(p plan.Picked) (line, bool) {
	e := parse(p.Element, r.listSchema(p))
	if e == nil || e.kind != object {
		return line{}, false
	}
	price := amountIn(e, "unitPrice")
	if inner := r.chosenInside(e); price == nil && inner != nil {
		price = amountIn(inner, "unitPrice") // a fare among those of the train that was picked
	}
	title := clean(p.Title, maxTitle)
	if title == "" {
		title = titleOf(e)
	}
	if price == nil || title == "" {
		return line{}, false
	}
	l := line{Line: order.Line{Title: title, Quantity: r.quantityBeside(p.Arg)}, unitPrice: price}
	l.Options = r.optionsBeside(p.Arg)
	r.fill(&l)
	return l, l.priced
}

// chosenInside is the element of a list inside the picked one that the arguments name by a member of the same name and
// value (the seat class of a train's fares).
func (r *reader) chosenInside(e *node) (found *node) {
	if r.args == nil {
		return nil
	}
	e.walk(func(k *node) bool {
		if found != nil || k.kind != object || k.parent == nil || k.parent.kind != array {
			return found == nil
		}
		for _, m := range k.kids {
			if a := r.args.member(m.name); a != nil && a.scalar() && m.scalar() && a.text == m.text && m.text != "" {
				found = k
			}
		}
		return found == nil
	})
	return found
}

// merge adds a line, or to the quantity of an equal one: repeated calls are one line.
func merge(lines []line, l line) []line {
	for i := range lines {
		same := lines[i].Title == l.Title && slices.Equal(lines[i].Options, l.Options)
		if same && lines[i].Quantity+l.Quantity <= maxQuantity {
			lines[i].Quantity += l.Quantity
			lines[i].Amount += l.Amount
			return lines
		}
	}
	return append(lines, l)
}

// listSchema finds the schema that the picked element had, so that its descriptions can tell the unit: the service's
// list whose items have all of the element's members.
func (r *reader) listSchema(p plan.Picked) (found *catalog.Schema) {
	e := parse(p.Element, nil)
	if e == nil {
		return nil
	}
	best := 0
	for _, c := range r.svc.Capabilities {
		eachList(c.Output, 0, func(items *catalog.Schema) {
			known := 0
			for _, k := range e.kids {
				if _, ok := items.Property(k.name); ok {
					known++
				}
			}
			if known > best {
				best, found = known, items
			}
		})
	}
	return found
}

// place is the object in the arguments that holds the argument "items[0].drinkId".
func (r *reader) place(arg string) *node {
	at := r.args
	if at == nil {
		return nil
	}
	steps := strings.FieldsFunc(arg, func(c rune) bool { return c == '.' || c == '[' || c == ']' })
	for _, s := range steps {
		next := at.member(s)
		if i, err := strconv.Atoi(s); err == nil && at.kind == array && i >= 0 && i < len(at.kids) {
			next = at.kids[i]
		}
		if next == nil {
			break
		}
		if !next.scalar() {
			at = next
		}
	}
	return at
}

func (r *reader) quantityBeside(arg string) int {
	for at := r.place(arg); at != nil; at = at.parent {
		for _, k := range at.kids {
			if q, ok := quantityOf(k); ok {
				return q
			}
		}
	}
	return 1
}

// optionsBeside are the choices among the arguments: those with an enum, named as the schema names them.
func (r *reader) optionsBeside(arg string) []string {
	var out []string
	r.place(arg).walk(func(k *node) bool {
		if k.kind == text && k.schema != nil && (len(k.schema.Enum) > 0 || plays("options", k)) {
			out = append(out, labelOfValue(k))
		}
		return true
	})
	return unique(out)
}

func eachList(s *catalog.Schema, depth int, visit func(*catalog.Schema)) {
	if s == nil || depth > maxDepth {
		return
	}
	if s.Items != nil && len(s.Items.Properties) > 0 {
		visit(s.Items)
	}
	eachList(s.Items, depth+1, visit)
	for _, p := range s.Properties {
		eachList(p.Schema, depth+1, visit)
	}
}

// variant tells an element that is only a size or kind of a product: what names it is its specification.
func variant(e *node, title string) bool {
	if e == nil {
		return false
	}
	for _, k := range e.kids {
		if k.kind == text && k.text == title {
			return plays("options", k) && rank("name", k) > 0
		}
	}
	return false
}
