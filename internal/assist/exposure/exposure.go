// Package exposure keeps which services were put up for which goals of a turn, at which rank, by what, and what came of each: what any
// ranking can be explained from afterwards. Records are written in the commit in which the turn takes what they tell of, and
// deleted when they are older than Keep days.
package exposure

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// Kind is the kind of record. Its owner is the service, its group the day, and its id begins with the turn.
const Kind = "exposure"

// Bounds.
const (
	MaxOfThought = 64  // exposures kept of one thought
	MaxWords     = 300 // characters kept of a goal's words
	MaxList      = 200 // exposures of one page
	Keep         = 180 // days
)

// Record is an exposure as kept.
type Record struct {
	ID   string    `json:"id"`
	Turn string    `json:"turn"`
	Try  int       `json:"try" doc:"0 at first, one more whenever the turn had to look for other services"`
	At   time.Time `json:"at"`
	catalog.Exposure
}

// Puts are the writes that keep what a thought put up. A turn that thinks again in the same try, with an answer more, overwrites what
// it told before of the same rank.
func Puts(turn string, try int, at time.Time, all []catalog.Exposure) []store.Put {
	var out []store.Put
	nth := map[string]int{}
	for _, e := range all[:min(len(all), MaxOfThought)] {
		nth[e.Goal]++
		r := Record{ID: fmt.Sprintf("%s/%d/%s/%02d", turn, try, e.Goal, nth[e.Goal]), Turn: turn, Try: try, At: at.UTC(), Exposure: e}
		if words := []rune(r.Words); len(words) > MaxWords {
			r.Words = string(words[:MaxWords])
		}
		out = append(out, store.Put{Kind: Kind, ID: r.ID, Owner: e.Service, Group: store.Day(at), Data: catalog.MustJSON(r), Expect: store.AnyVersion})
	}
	return out
}

// Query selects exposures: those of a turn in the order of their goals and ranks, else the newest turns first.
type Query struct {
	Turn    string
	Service string
	After   string // the cursor that the page before ended with
	Limit   int    // 0: MaxList
}

// Page is a part of what was asked for, with the cursor of the next one, "" when there is none.
type Page struct {
	Exposures []Record `json:"exposures"`
	Next      string   `json:"next,omitempty"`
}

// Book reads what was kept. Safe for concurrent use.
type Book struct {
	Store store.Store
	Now   func() time.Time
}

// List returns exposures. Faults: invalid (a turn that is no id, a limit out of bounds).
func (b Book) List(ctx context.Context, q Query) (Page, error) {
	if q.Limit == 0 {
		q.Limit = MaxList
	}
	if q.Limit < 0 || q.Limit > MaxList {
		return Page{}, fault.New(fault.Invalid, "a page has 1 to %d exposures", MaxList).With("field", "limit")
	}
	if strings.Contains(q.Turn, "/") {
		return Page{}, fault.New(fault.Invalid, "%q is no turn", q.Turn).WithHint("the id that a turn's events carry").With("field", "turn")
	}
	sq := store.Query{Kind: Kind, Owner: q.Service, After: q.After, Limit: q.Limit + 1, Descending: q.Turn == ""}
	prefix := ""
	if q.Turn != "" {
		prefix = q.Turn + "/"
		sq.After = max(q.After, prefix)
	}
	recs, err := b.Store.List(ctx, sq)
	if err != nil {
		return Page{}, err
	}
	page := Page{Exposures: []Record{}}
	for _, rec := range recs {
		if !strings.HasPrefix(rec.ID, prefix) {
			break
		}
		if len(page.Exposures) == q.Limit {
			page.Next = page.Exposures[q.Limit-1].ID
			break
		}
		var r Record
		if err := json.Unmarshal(rec.Data, &r); err != nil {
			return Page{}, fault.New(fault.Internal, "exposure %s cannot be read: %w", rec.ID, err)
		}
		page.Exposures = append(page.Exposures, r)
	}
	slices.SortStableFunc(page.Exposures, func(a, b Record) int { // newest turns first, each from its first goal and rank
		return cmp.Or(cmp.Compare(b.Turn, a.Turn), cmp.Compare(a.ID, b.ID))
	})
	return page, nil
}

// Sweep deletes what is older than Keep days, looking as many days back as named.
func (b Book) Sweep(ctx context.Context, days int) error {
	return store.SweepDays(ctx, b.Store, Kind, b.Now(), Keep, days)
}
