package desk_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// pagedShop lists its goods in pages; serve answers one call in the shop's own form.
type pagedShop struct {
	goods []any
	input string
	serve func(goods []any, args map[string]any) map[string]any
	calls []map[string]any
	fail  int // the call that gets no answer, and all after it; 0: none
}

var things = []string{"Anchor", "Basket", "Candle", "Drum", "Easel", "Flute", "Globe", "Hammer", "Inkwell", "Jug", "Kettle", "Lantern",
	"Mirror", "Needle", "Oar", "Pillow", "Quilt", "Rake", "Saddle", "Teapot", "Umbrella", "Violin", "Whistle", "Xylophone", "Yarn", "Zither"}

// goods are all things, each cheaper than the one before, so that the last one of all is the cheapest.
func goods() []any {
	var out []any
	for i, t := range things {
		out = append(out, map[string]any{"id": fmt.Sprintf("i%d", i), "name": t, "price": float64(100 - i)})
	}
	return out
}

func (p *pagedShop) open(w *world, id string) {
	w.merchants.open(id, 18_00, "cancel", "find_order")
	s := &w.merchants.list[len(w.merchants.list)-1]
	s.Capabilities = append(s.Capabilities, catalog.Capability{Service: id, Name: "browse", Effect: catalog.Read, Input: schema(p.input)})
	w.merchants.hook = func(_ string, c track.Call) (track.Result, error, bool) {
		if c.Capability != "browse" {
			return track.Result{}, nil, false
		}
		p.calls = append(p.calls, c.Args)
		if p.fail > 0 && len(p.calls) >= p.fail {
			return track.Result{}, fault.New(fault.Invalid, "no"), true
		}
		return says(p.serve(p.goods, c.Args)), nil, true
	}
}

// pageErrand picks from the list and orders what was picked.
func pageErrand(id string, path []string, pick plan.Pick) plan.Plan {
	p := menuErrand(id, "thing")
	p.Steps[0].Capability, p.Steps[0].Args = "browse", map[string]plan.Arg{}
	p.Steps[1].Args = map[string]plan.Arg{"item": {Ref: &plan.Ref{Step: "s1", Path: path, Pick: &pick}}}
	return p
}

func num(args map[string]any, name string, def int) int {
	switch v := args[name].(type) {
	case float64:
		return int(v)
	case int:
		return v
	case string:
		if n, err := strconv.Atoi(v); err == nil {
			return n
		}
	}
	return def
}

func cut(list []any, from, n int) []any {
	from = min(max(from, 0), len(list))
	return list[from:min(from+n, len(list))]
}

type pageForm struct {
	name, input string
	path        []string
	serve       func(goods []any, args map[string]any) map[string]any
}

const perPage = 5

func object(members string) string { return `{"type":"object","properties":{` + members + `}}` }

var items = []string{"items", "*", "id"}

var pageForms = []pageForm{
	{"page, total", object(`"page":{"type":"integer"},"pageSize":{"type":"integer"}`), items, func(g []any, a map[string]any) map[string]any {
		return map[string]any{"items": cut(g, (num(a, "page", 1)-1)*perPage, perPage), "total": len(g), "page": num(a, "page", 1), "pageSize": perPage}
	}},
	{"page, hasMore", object(`"pageNo":{"type":"integer","default":1}`), items, func(g []any, a map[string]any) map[string]any {
		p := num(a, "pageNo", 1)
		return map[string]any{"items": cut(g, (p-1)*perPage, perPage), "hasMore": p*perPage < len(g)}
	}},
	{"page as text, from zero, in an object", object(`"pagination":{"type":"object","properties":{"pageIndex":{"type":"string","description":"starts at 0"}}}`),
		[]string{"data", "list", "*", "id"}, func(g []any, a map[string]any) map[string]any {
			inner, _ := a["pagination"].(map[string]any)
			p := num(inner, "pageIndex", 0)
			return map[string]any{"code": 0, "data": map[string]any{"list": cut(g, p*perPage, perPage), "pageInfo": map[string]any{"totalPages": (len(g) + perPage - 1) / perPage}}}
		}},
	{"cursor", object(`"cursor":{"type":"string"},"limit":{"type":"integer"}`), items, func(g []any, a map[string]any) map[string]any {
		at := num(a, "cursor", 0)
		out := map[string]any{"items": cut(g, at, perPage), "nextCursor": nil}
		if at+perPage < len(g) {
			out["nextCursor"] = strconv.Itoa(at + perPage)
		}
		return out
	}},
	{"page token", object(`"page_token":{"type":"string"}`), items, func(g []any, a map[string]any) map[string]any {
		tok, _ := a["page_token"].(string)
		at := num(map[string]any{"n": tok[min(len(tok), 4):]}, "n", 0)
		out := map[string]any{"items": cut(g, at, perPage), "next_page_token": ""}
		if at+perPage < len(g) {
			out["next_page_token"] = fmt.Sprintf("tok-%d", at+perPage)
		}
		return out
	}},
	{"graph", object(`"first":{"type":"integer"},"after":{"type":"string"}`), []string{"**", "id"}, func(g []any, a map[string]any) map[string]any {
		tok, _ := a["after"].(string)
		at := num(map[string]any{"n": tok[min(len(tok), 1):]}, "n", 0)
		end := min(at+perPage, len(g))
		return map[string]any{"goods": map[string]any{"nodes": cut(g, at, perPage), "pageInfo": map[string]any{"endCursor": fmt.Sprintf("c%d", end), "hasNextPage": end < len(g)}}}
	}},
	{"offset, total", object(`"offset":{"type":"integer"},"limit":{"type":"integer"}`), items, func(g []any, a map[string]any) map[string]any {
		return map[string]any{"items": cut(g, num(a, "offset", 0), perPage), "total_count": len(g)}
	}},
	{"link", object(`"page":{"type":"integer"}`), []string{"results", "*", "id"}, func(g []any, a map[string]any) map[string]any {
		p := num(a, "page", 1)
		out := map[string]any{"count": len(g), "results": cut(g, (p-1)*perPage, perPage), "next": nil}
		if p*perPage < len(g) {
			out["next"] = fmt.Sprintf("https://shop.example/goods?page=%d&sort=name", p+1)
		}
		return out
	}},
	{"after the last id", object(`"last_id":{"type":"string"}`), items, func(g []any, a map[string]any) map[string]any {
		at := slices.IndexFunc(g, func(e any) bool { return e.(map[string]any)["id"] == a["last_id"] }) + 1
		return map[string]any{"items": cut(g, at, perPage), "has_more": at+perPage < len(g)}
	}},
	{"silent, full pages", object(`"page":{"type":"integer"},"size":{"type":"integer","default":5}`), items, func(g []any, a map[string]any) map[string]any {
		return map[string]any{"items": cut(g, (num(a, "page", 1)-1)*perPage, perPage)}
	}},
	{"a count of the page only", object(`"page":{"type":"integer"},"page_size":{"type":"integer","default":5}`), items, func(g []any, a map[string]any) map[string]any {
		c := cut(g, (num(a, "page", 1)-1)*perPage, perPage)
		return map[string]any{"items": c, "count": len(c)}
	}},
}

// TestListsInPagesAreReadOn takes the cheapest of all, which stands on the last page, in whatever form the pages come.
func TestListsInPagesAreReadOn(t *testing.T) {
	t.Parallel()
	for _, form := range pageForms {
		t.Run(form.name, func(t *testing.T) {
			t.Parallel()
			shop := pagedShop{goods: goods(), input: form.input, serve: form.serve}
			w := newWorld(t)
			shop.open(w, "shop")
			w.mind.plans(pageErrand("shop", form.path, plan.Pick{Prefer: plan.WhyCheapest}))
			turn := w.say("the cheapest")
			w.bundle(0)
			if got := w.quoted(turn)["item"]; got != fmt.Sprintf("i%d", len(things)-1) {
				t.Errorf("%v was taken after %d calls: %v", got, len(shop.calls), shop.calls)
			}
			if n := len(shop.calls); n > len(things)/perPage+2 {
				t.Errorf("%d calls for %d pages", n, len(things)/perPage+1)
			}
		})
	}
}

// TestAShorterListIsAskedForAnew asks for all where only the length can be given.
func TestAShorterListIsAskedForAnew(t *testing.T) {
	t.Parallel()
	shop := pagedShop{goods: goods(), input: object(`"limit":{"type":"integer","maximum":100}`), serve: func(g []any, a map[string]any) map[string]any {
		return map[string]any{"items": cut(g, 0, num(a, "limit", perPage)), "total": len(g)}
	}}
	w := newWorld(t)
	shop.open(w, "shop")
	w.mind.plans(pageErrand("shop", items, plan.Pick{Prefer: plan.WhyCheapest}))
	turn := w.say("the cheapest")
	w.bundle(0)
	if got := w.quoted(turn)["item"]; got != fmt.Sprintf("i%d", len(things)-1) || len(shop.calls) != 2 {
		t.Errorf("%v after %v", got, shop.calls)
	}
}

// TestWhatIsNamedEndsTheReading reads no further than the page that has it, and finds it however far behind it stands.
func TestWhatIsNamedEndsTheReading(t *testing.T) {
	t.Parallel()
	for name, page := range map[string]int{"candle": 1, "kettle": 3, "zither": 6} {
		for _, form := range pageForms {
			shop := pagedShop{goods: goods(), input: form.input, serve: form.serve}
			w := newWorld(t)
			shop.open(w, "shop")
			w.mind.plans(pageErrand("shop", form.path, plan.Pick{Query: name}))
			turn := w.say(name)
			w.bundle(0)
			i := slices.IndexFunc(things, func(s string) bool { return s[1:] == name[1:] })
			if got := w.quoted(turn)["item"]; got != fmt.Sprintf("i%d", i) || len(shop.calls) != page {
				t.Errorf("%s in %s: %v after %d calls, want %d", name, form.name, got, len(shop.calls), page)
			}
		}
	}
}

// TestReadingOnIsBounded stops at shops that never end, repeat themselves, or break off, and goes on with what there is.
func TestReadingOnIsBounded(t *testing.T) {
	t.Parallel()
	input := object(`"page":{"type":"integer"}`)
	endless := func(_ []any, a map[string]any) map[string]any {
		p := num(a, "page", 1)
		return map[string]any{"items": []any{map[string]any{"id": fmt.Sprintf("n%d", p), "name": "Thing", "price": 500 - p}}, "hasMore": true}
	}
	same := func(g []any, _ map[string]any) map[string]any {
		return map[string]any{"items": cut(g, 0, perPage), "hasMore": true}
	}
	for name, c := range map[string]struct {
		shop  pagedShop
		calls int
		item  string
		note  bool
	}{
		"endless":             {pagedShop{input: input, serve: endless}, run.MaxPages, fmt.Sprintf("n%d", run.MaxPages), true},
		"the same again":      {pagedShop{goods: goods(), input: input, serve: same}, 2, "i4", false},
		"breaks off":          {pagedShop{goods: goods(), input: input, serve: pageForms[0].serve, fail: 3}, 3, "i9", true},
		"no parameter for it": {pagedShop{goods: goods(), input: object(`"city":{"type":"string"}`), serve: same}, 1, "i4", false},
		"a size of a cup":     {pagedShop{goods: goods(), input: object(`"size":{"type":"integer"},"from":{"type":"string"}`), serve: same}, 1, "i4", false},
	} {
		w := newWorld(t)
		shop := c.shop
		shop.open(w, "shop")
		w.mind.plans(pageErrand("shop", items, plan.Pick{Prefer: plan.WhyCheapest}))
		turn := w.say("the cheapest")
		_, at := w.bundle(0)
		if got := w.quoted(turn)["item"]; got != c.item || len(shop.calls) != c.calls {
			t.Errorf("%s: %v after %d calls, want %s after %d", name, got, len(shop.calls), c.item, c.calls)
		}
		noted := false
		for _, e := range w.events() {
			var s assist.StepChanged
			if e.kind == assist.EventStep && e.seq < at {
				e.into(t, &s)
				noted = noted || s.ID == "s1" && s.State == assist.StepDone && s.Note != ""
			}
		}
		if noted != c.note {
			t.Errorf("%s: told that it is only a part: %v", name, noted)
		}
	}
}

// TestAListOnlyShownIsNotReadOn leaves a list alone of which nothing is picked.
func TestAListOnlyShownIsNotReadOn(t *testing.T) {
	t.Parallel()
	shop := pagedShop{goods: goods(), input: pageForms[0].input, serve: pageForms[0].serve}
	w := newWorld(t)
	shop.open(w, "shop")
	p := pageErrand("shop", items, plan.Pick{})
	p.Steps = p.Steps[:1]
	p.Goals[0] = plan.GoalPlan{ID: "g1", Title: "goods", Service: "shop", Steps: []string{"s1"}, End: "s1"}
	w.mind.plans(p)
	w.say("what do you have?")
	w.done(0)
	if len(shop.calls) != 1 {
		t.Errorf("%d pages were read", len(shop.calls))
	}
}

// TestACrashCostsOnePage goes on after a crash with the page that was under way; the pages before it are in the journal.
func TestACrashCostsOnePage(t *testing.T) {
	t.Parallel()
	shop := pagedShop{goods: goods(), input: pageForms[3].input, serve: pageForms[3].serve}
	w := newWorld(t)
	shop.open(w, "shop")
	w.mind.plans(pageErrand("shop", items, plan.Pick{Prefer: plan.WhyCheapest}))
	hook := w.merchants.hook
	crashed := make(chan struct{})
	w.merchants.hook = func(id string, c track.Call) (track.Result, error, bool) {
		r, err, ok := hook(id, c)
		if len(shop.calls) == 4 {
			w.crash.now()
			close(crashed)
		}
		return r, err, ok
	}
	turn := w.say("the cheapest")
	<-crashed
	w.restart()
	w.bundle(0)
	if got := w.quoted(turn)["item"]; got != fmt.Sprintf("i%d", len(things)-1) || len(shop.calls) != 7 {
		t.Errorf("%v after %d calls of 6 pages and one crash: %v", got, len(shop.calls), shop.calls)
	}
}
