// Package plan holds plans as typed data: a DAG of steps with typed references between them. A plan is checked
// against the capabilities' schemas before anything runs, can be printed, and is hashed canonically.
package plan

import (
	"encoding/json"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/money"
)

// Bounds of one plan.
const (
	MaxGoals = 8
	MaxSteps = 64
)

// Plan is what will be done for one utterance.
type Plan struct {
	ID        string     `json:"id"`
	Utterance string     `json:"utterance"`
	Lang      string     `json:"lang"` // "zh" or "en"
	Goals     []GoalPlan `json:"goals"`
	Steps     []Step     `json:"steps"`
	// Supersedes is an earlier turn, nothing of which was confirmed, that this plan says anew: it is stopped first.
	Supersedes string `json:"supersedes,omitempty"`
}

// GoalPlan is how one goal is reached.
type GoalPlan struct {
	ID      string   `json:"id"` // g1, g2 …
	Title   string   `json:"title"`
	Service string   `json:"service,omitempty"`
	Steps   []string `json:"steps"`           // ids, in order
	End     string   `json:"end,omitempty"`   // the step whose result is the quote or order
	Final   string   `json:"final,omitempty"` // the irreversible step that runs after confirmation, if any
	Order   bool     `json:"order"`           // it ends in something to be confirmed and paid (false: an answer)
	// Cancel undoes the goal's reversible or final step, where the service can.
	Cancel *Step `json:"cancel,omitempty"`
	// Pay is the merchant's own payment of the order, where the service has one and the platform pays: it runs once the
	// money is there, so that the merchant's record says so too. It never moves any.
	Pay *Step `json:"pay,omitempty"`
	// Driven is the service (or skill of a package) whose next step is proposed when the goal's steps are done; "" when the
	// plan is whole.
	Driven string `json:"driven,omitempty"`
	// Replaces are earlier orders that this one takes the place of: after the confirmation they are taken back first.
	Replaces []string `json:"replaces,omitempty"`
	// Amends is an earlier order that this goal changes at its merchant: Final is the change, nothing is ordered anew, and
	// Cancel takes the whole order back.
	Amends string `json:"amends,omitempty"`
	// Alters are the inputs of Final that say something else than the order did.
	Alters []string `json:"alters,omitempty"`
	// Count tells how many of it there are to be in the place of how many, where that is what changes.
	Count *Count `json:"count,omitempty"`
	// Revert makes the order again what it was before Final; nil where that cannot be said.
	Revert *Step `json:"revert,omitempty"`
}

// Count is a number of things before and after a change.
type Count struct {
	Before int `json:"before"`
	After  int `json:"after"`
}

// Step calls one capability.
type Step struct {
	ID         string         `json:"id"` // s1, s2 …
	Goal       string         `json:"goal"`
	Service    string         `json:"service"`
	Skill      string         `json:"skill,omitempty"`
	Capability string         `json:"capability"`
	Args       map[string]Arg `json:"args"`
	Effect     catalog.Effect `json:"effect"`
	After      []string       `json:"after,omitempty"` // steps that must be done before, beyond those referred to
	Title      string         `json:"title"`           // for people
}

// Arg is a value or a reference to an earlier step's result; exactly one of the fields is set.
// Objects and arrays that contain references are given member by member.
type Arg struct {
	Value  any            `json:"value,omitempty"`
	Ref    *Ref           `json:"ref,omitempty"`
	Object map[string]Arg `json:"object,omitempty"`
	List   []Arg          `json:"list,omitempty"`
	From   string         `json:"from,omitempty"` // where it came from, for people: "said", "profile", "default", "enum", "step"
}

// Ref points into an earlier step's structured result. Path is a list of member names and, as "*", an array
// to pick one element from: items * drinkId with a Pick chooses the element. Refs are resolved as JSON values and checked
// against the target's schema; never by string substitution.
type Ref struct {
	Step string   `json:"step"`
	Path []string `json:"path"`
	Like *Like    `json:"like,omitempty"` // what to take where the path's name is nowhere in a result that declares no schema
	Pick *Pick    `json:"pick,omitempty"`
	// Optional lets the argument be left out where the result has no list to choose from, or an empty one.
	Optional bool `json:"optional,omitempty"`
}

// Like describes a value by what the input that needs it says of itself.
type Like struct {
	Pattern string `json:"pattern,omitempty"`
	Words   string `json:"words,omitempty"`
}

// Pick chooses one element of a list.
type Pick struct {
	Query  string        `json:"query,omitempty"`  // words the element should be like
	Said   string        `json:"said,omitempty"`   // the person's words, in which an element may be named outright
	Soft   bool          `json:"soft,omitempty"`   // the words only name the kind of service: ignored when nothing is like them
	Ask    bool          `json:"ask,omitempty"`    // where the words do not decide, the person does
	Spare  bool          `json:"spare,omitempty"`  // the argument may do without: where nothing that was said decides, none is taken and nobody asked
	Ranked bool          `json:"ranked,omitempty"` // the list answers a search for the same words: its first stands where likeness sees nothing
	Sought bool          `json:"sought,omitempty"` // the list answers a search for these very words: the only thing that it found is what was meant, whatever the shop calls it
	Nearby bool          `json:"nearby,omitempty"` // of a ranked list: only where it says how far its elements are
	At     string        `json:"at,omitempty"`     // RFC 3339: the element nearest to this time
	Within *Window       `json:"within,omitempty"` // elements outside of it are left aside
	Index  int           `json:"index,omitempty"`  // 1-based, "the second one"; -1 the last; 0 not given
	Nth    int           `json:"nth,omitempty"`    // of several different ones that are wanted, the n-th of those that fit
	Prefer string        `json:"prefer,omitempty"` // "cheapest", "nearest", "best", "fastest", "first"
	Max    *money.Amount `json:"max,omitempty"`    // at most this price
	Loose  bool          `json:"loose,omitempty"`  // the list is wider than what was asked for: only what plainly is it is taken
	Chosen any           `json:"chosen,omitempty"` // the value the person chose from a choice card; wins over all
	Avoid  []string      `json:"avoid,omitempty"`  // words it must not have
}

// Deps lists the steps that s waits for: those its references name, and After. Each once, in order.
func (s Step) Deps() []string {
	var out []string
	seen := map[string]bool{}
	add := func(id string) {
		if id != "" && !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	var walk func(a Arg)
	walk = func(a Arg) {
		if a.Ref != nil {
			add(a.Ref.Step)
		}
		for _, k := range sortedKeys(a.Object) {
			walk(a.Object[k])
		}
		for _, x := range a.List {
			walk(x)
		}
	}
	for _, k := range sortedKeys(s.Args) {
		walk(s.Args[k])
	}
	for _, id := range s.After {
		add(id)
	}
	return out
}

// Step finds a step by id.
func (p *Plan) Step(id string) (*Step, bool) {
	for i := range p.Steps {
		if p.Steps[i].ID == id {
			return &p.Steps[i], true
		}
	}
	return nil, false
}

// Raw is the plan as canonical JSON (members sorted).
func (p Plan) Raw() json.RawMessage { return catalog.MustJSON(p) }
