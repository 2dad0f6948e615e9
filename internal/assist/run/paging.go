package run

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
)

// Bounds of following a list over its pages.
const (
	MaxPages     = 50   // of one list, the first included
	MaxListed    = 2000 // elements of one list
	maxPageDepth = 4    // objects in objects in which an answer's paging is looked for
)

//go:embed paging.json
var pagingJSON []byte

type pagingWords struct {
	Asked    map[string][]string `json:"asked"`
	Vague    []string            `json:"vague"`  // names that mean paging only beside others
	Longer   []string            `json:"longer"` // names that surely bound a list
	Answered map[string][]string `json:"answered"`
}

var paging = func() (w pagingWords) {
	if err := json.Unmarshal(pagingJSON, &w); err != nil {
		panic("paging.json: " + err.Error()) // embedded: a build mistake
	}
	return w
}()

func kindIn(words map[string][]string, name string) string {
	for _, kind := range slices.Sorted(maps.Keys(words)) {
		if slices.Contains(words[kind], fold(name)) {
			return kind
		}
	}
	return ""
}

// knob is a parameter of a read by which it takes the next page: at the top, or in an object there.
type knob struct {
	within string // the object; "" for the top
	catalog.Property
}

// knobs are the paging parameters of an input by what they are for: page, offset, cursor, last, size. A name alone is not
// enough: a number of a page is a number, and a cursor's values are not the schema's own words.
func knobs(in *catalog.Schema) map[string]knob {
	out := map[string]knob{}
	if in == nil {
		return out
	}
	add := func(within string, p catalog.Property) {
		kind := kindIn(paging.Asked, p.Name)
		if _, taken := out[kind]; taken || kind == "" || p.Schema == nil || len(p.Schema.Enum) > 0 {
			return
		}
		switch t := p.Schema.Type; {
		case kind == "cursor" || kind == "last":
			if t == "boolean" || t == "object" || t == "array" || strings.HasPrefix(p.Schema.Format, "date") {
				return
			}
		case t != "integer" && t != "number" && !(t == "string" && strings.Contains(fold(p.Name), "page")):
			return
		}
		out[kind] = knob{within, p}
	}
	for _, p := range in.Properties {
		add("", p)
		if p.Schema != nil {
			for _, sub := range p.Schema.Properties {
				add(p.Name, sub)
			}
		}
	}
	_, sized := out["size"]
	alone := sized && len(out) == 1
	for kind, k := range out {
		if slices.Contains(paging.Vague, fold(k.Name)) && (alone || !sized && kind != "cursor" || kind == "offset" && spans(in)) {
			delete(out, kind)
		}
	}
	return out
}

// spans tells that an input has the other end of a "from": then that is no position in a list.
func spans(in *catalog.Schema) bool {
	return slices.ContainsFunc(in.Properties, func(p catalog.Property) bool {
		return slices.Contains([]string{"to", "end", "until", "stop"}, fold(p.Name))
	})
}

func (k knob) of(args map[string]any) (any, bool) {
	if k.within != "" {
		args, _ = args[k.within].(map[string]any)
	}
	v, ok := args[k.Name]
	return v, ok
}

// set returns args with another value; ok is false where the schema does not take it.
func (k knob) set(args map[string]any, v any) (map[string]any, bool) {
	n, isNumber := numberOf(v)
	switch {
	case k.Schema.Type == "string":
		v = textOf(v)
	case k.Schema.Type == "integer" || k.Schema.Type == "number":
		if !isNumber || k.Schema.Maximum != nil && n > *k.Schema.Maximum || k.Schema.Minimum != nil && n < *k.Schema.Minimum {
			return nil, false
		}
		v = n
	}
	out := maps.Clone(args)
	if out == nil {
		out = map[string]any{}
	}
	if k.within == "" {
		out[k.Name] = v
		return out, true
	}
	inner, _ := args[k.within].(map[string]any)
	inner = maps.Clone(inner)
	if inner == nil {
		inner = map[string]any{}
	}
	inner[k.Name], out[k.within] = v, inner
	return out, true
}

// NextPage returns the arguments that bring the page after this answer, if the answer shows that there is one and the
// capability's input has a parameter for it. args are those of the page; whole is what was gathered with it, page its own answer.
func NextPage(in *catalog.Schema, args map[string]any, page, whole json.RawMessage) (map[string]any, bool) {
	ks := knobs(in)
	if len(ks) == 0 {
		return nil, false
	}
	var answer, all any
	if json.Unmarshal(page, &answer) != nil || json.Unmarshal(whole, &all) != nil {
		return nil, false
	}
	here, sofar := mainList(answer), mainList(all)
	if len(here) == 0 || len(sofar) >= MaxListed {
		return nil, false
	}
	s := read(answer)
	if s.counted && s.total <= float64(len(here)) {
		s.hasTotal = false // it counts this page
	}
	if s.end {
		return nil, false
	}
	for _, way := range []func() (map[string]any, bool){
		func() (map[string]any, bool) { return s.byAddress(ks, args) },
		func() (map[string]any, bool) { return s.byCursor(ks, args) },
		func() (map[string]any, bool) { return s.byNumber(ks, args, len(here), len(sofar)) },
		func() (map[string]any, bool) { return s.byLast(ks, args, here) },
		func() (map[string]any, bool) { return s.bySize(ks, args, len(sofar)) },
	} {
		if next, ok := way(); ok && !reflect.DeepEqual(next, args) {
			return next, true
		}
	}
	return nil, false
}

// byAddress follows a link to the next page, as far as its parameters are ours.
func (s signals) byAddress(ks map[string]knob, args map[string]any) (map[string]any, bool) {
	link, ok := s.next.(string)
	_, query, found := strings.Cut(link, "?")
	if !ok || !found {
		return nil, false
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil, false
	}
	out, any := args, false
	for _, kind := range slices.Sorted(maps.Keys(ks)) {
		k := ks[kind]
		if v := values.Get(k.Name); v != "" && kind != "size" {
			next, ok := k.set(out, v)
			if !ok {
				return nil, false
			}
			out, any = next, true
		}
	}
	return out, any
}

func (s signals) byCursor(ks map[string]knob, args map[string]any) (map[string]any, bool) {
	k, ok := ks["cursor"]
	if !ok {
		return nil, false
	}
	sent, _ := k.of(args)
	for _, v := range []any{s.next, s.cursor} {
		if v != nil && textOf(v) != textOf(sent) {
			return k.set(args, v)
		}
	}
	return nil, false
}

// byNumber counts pages or elements on.
func (s signals) byNumber(ks map[string]knob, args map[string]any, here, sofar int) (map[string]any, bool) {
	named, isNumber := numberOf(s.next)
	size := s.sizeOf(ks, args)
	more := s.more || isNumber || (s.hasTotal && s.total > float64(max(here, sofar)))
	if k, ok := ks["page"]; ok {
		at, zero := s.pageOf(k, args)
		last := s.pages
		if zero {
			last--
		}
		switch {
		case isNumber && named > at:
			return k.set(args, named)
		case more || (s.hasPages && at < last) || s.silent() && size > 0 && here >= size:
			return k.set(args, at+1)
		}
		return nil, false
	}
	if k, ok := ks["offset"]; ok {
		at := s.offset
		if v, given := k.of(args); given {
			at, _ = numberOf(v)
		}
		switch {
		case isNumber && named > at:
			return k.set(args, named)
		case more || s.silent() && size > 0 && here >= size:
			return k.set(args, at+float64(here))
		}
	}
	return nil, false
}

// silent tells that an answer says nothing of what comes after it: then a full page is a sign that there is more.
func (s signals) silent() bool { return !s.hasTotal && !s.hasPages && s.next == nil }

// pageOf is the number of the page that was answered, and whether the first one is number 0.
func (s signals) pageOf(k knob, args map[string]any) (at float64, zero bool) {
	words := strings.ToLower(k.Schema.Description)
	d, hasDefault := numberOf(k.Schema.Default)
	zero = hasDefault && d == 0 || k.Schema.Minimum != nil && *k.Schema.Minimum == 0 ||
		slices.ContainsFunc([]string{"从0", "从 0", "zero-based", "0-based", "starts at 0", "starting at 0", "start from 0", "starting from 0", "from 0"},
			func(w string) bool { return strings.Contains(words, w) })
	if v, given := k.of(args); given {
		at, _ = numberOf(v)
		return at, zero
	}
	switch {
	case s.hasPage:
		return s.page, zero || s.page == 0
	case hasDefault:
		return d, zero
	case zero:
		return 0, true
	}
	return 1, false
}

func (s signals) sizeOf(ks map[string]knob, args map[string]any) int {
	if k, ok := ks["size"]; ok {
		if v, given := k.of(args); given {
			n, _ := numberOf(v)
			return int(n)
		}
		if n, ok := numberOf(k.Schema.Default); ok && s.size == 0 {
			return int(n)
		}
	}
	return int(s.size)
}

// byLast asks for what comes after the last element, by its id.
func (s signals) byLast(ks map[string]knob, args map[string]any, here []any) (map[string]any, bool) {
	k, ok := ks["last"]
	if !ok || !s.more {
		return nil, false
	}
	if s.cursor != nil {
		return k.set(args, s.cursor)
	}
	e, _ := here[len(here)-1].(map[string]any)
	own := strings.TrimPrefix(strings.TrimPrefix(fold(k.Name), "last"), "after")
	for _, want := range []string{own, "id"} {
		for _, name := range sorted(e) {
			if v := e[name]; fold(name) == want && v != nil {
				return k.set(args, v)
			}
		}
	}
	return nil, false
}

// bySize asks for a longer list where nothing else brings the rest.
func (s signals) bySize(ks map[string]knob, args map[string]any, sofar int) (map[string]any, bool) {
	k, ok := ks["size"]
	if _, other := ks["page"]; !ok || other || !slices.Contains(paging.Longer, fold(k.Name)) || ks["offset"].Schema != nil || ks["cursor"].Schema != nil || ks["last"].Schema != nil || sofar == 0 {
		return nil, false
	}
	want := 0.0
	switch {
	case s.hasTotal && s.total > float64(sofar):
		want = s.total
	case s.more:
		want = float64(4 * sofar)
	default:
		return nil, false
	}
	want = min(want, MaxListed)
	if k.Schema.Maximum != nil {
		want = min(want, *k.Schema.Maximum)
	}
	if sent, given := k.of(args); given {
		if n, _ := numberOf(sent); n >= want {
			return nil, false
		}
	}
	return k.set(args, want)
}

func numberOf(v any) (float64, bool) {
	switch x := v.(type) {
	case float64:
		return x, !math.IsInf(x, 0) && !math.IsNaN(x)
	case int:
		return float64(x), true
	case int64:
		return float64(x), true
	case json.Number:
		n, err := x.Float64()
		return n, err == nil
	case string:
		if n, err := strconv.Atoi(x); err == nil && len(x) <= maxDigits {
			return float64(n), true
		}
	}
	return 0, false
}

// maxDigits is how long a number that stands as text may be: a longer one is a cursor.
const maxDigits = 9

func textOf(v any) string {
	if n, ok := v.(float64); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}
