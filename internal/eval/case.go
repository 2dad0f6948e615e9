package eval

import (
	"encoding/json"
	"regexp"
	"slices"

	"github.com/bangwo/bangwo/internal/fault"
)

// Case is what a person says and what must have come of it.
type Case struct {
	ID    string   `json:"id"`
	Lang  string   `json:"lang"` // zh, en or mixed
	Turns []string `json:"turns"`
	// Answers are what the person says when asked. The first whose About fits the question is given, and only once.
	Answers []Answer `json:"answers,omitempty"`
	Place   string   `json:"place,omitempty"`
	// Decline says no to the confirmation card.
	Decline bool     `json:"decline,omitempty"`
	Expect  Expect   `json:"expect"`
	Tags    []string `json:"tags,omitempty"`
}

// Answer is one scripted answer. About is a regular expression on the question's text and choices; "" fits any.
type Answer struct {
	About string `json:"about,omitempty"`
	Say   string `json:"say"`
}

// Expect is the final state. Without Records and Reads nothing may be called that changes anything.
type Expect struct {
	// Records lists, by service, exactly the records that are in force in the end, as patterns; services that are
	// not named must have none.
	Records map[string][]any `json:"records,omitempty"`
	// Reads are look-ups that must have been made.
	Reads []Read `json:"reads,omitempty"`
	// Ask says that something must be asked; without Answers the case ends with the question.
	Ask bool `json:"ask,omitempty"`
	// Refuse says that no service can do it.
	Refuse bool `json:"refuse,omitempty"`
	// Chat says that Bangwo itself answers: small talk, help, status, balance.
	Chat bool `json:"chat,omitempty"`
	// MaxFen is the most that may be paid, where the person set a limit.
	MaxFen int64 `json:"max_fen,omitempty"`
}

// Read is a look-up by what was called: the service, one of the capabilities ("" in the list: any) and a pattern of its arguments.
type Read struct {
	Service    string   `json:"service"`
	Capability []string `json:"capability,omitempty"`
	Args       any      `json:"args,omitempty"`
}

func (c Case) check(known map[string]bool) error {
	wrong := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "case "+c.ID+": "+format, args...)
	}
	if len(c.Turns) == 0 || slices.Contains(c.Turns, "") {
		return wrong("nothing is said")
	}
	if !slices.Contains([]string{"zh", "en", "mixed"}, c.Lang) {
		return wrong("the language %q is not one of zh, en, mixed", c.Lang)
	}
	e := c.Expect
	if e.Records == nil && len(e.Reads) == 0 && !e.Ask && !e.Refuse && !e.Chat {
		return wrong("nothing is expected")
	}
	for id, patterns := range e.Records {
		if !known[id] {
			return wrong("there is no service %q", id)
		}
		for _, p := range patterns {
			if err := checkPattern(p); err != nil {
				return wrong("%w", err)
			}
		}
	}
	for _, r := range e.Reads {
		if !known[r.Service] {
			return wrong("there is no service %q", r.Service)
		}
		if err := checkPattern(r.Args); err != nil {
			return wrong("%w", err)
		}
	}
	for _, a := range c.Answers {
		if _, err := regexp.Compile("(?i)" + a.About); err != nil {
			return wrong("about: %w", err)
		}
	}
	return nil
}

// services lists the services that the case is about, sorted.
func (c Case) services() []string {
	set := map[string]bool{}
	for id, records := range c.Expect.Records {
		if len(records) > 0 {
			set[id] = true
		}
	}
	for _, r := range c.Expect.Reads {
		set[r.Service] = true
	}
	out := make([]string, 0, len(set))
	for id := range set {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// kind names what sort of case it is, for counting.
func (c Case) kind() string {
	switch {
	case c.Expect.Refuse:
		return "refuse"
	case c.Expect.Ask:
		return "ask"
	case c.Expect.Chat:
		return "chat"
	case len(c.Expect.Reads) > 0:
		return "read"
	}
	return "order"
}

// normal turns any value into the plain kinds of JSON.
func normal(v any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	var out any
	if json.Unmarshal(raw, &out) != nil {
		return nil
	}
	return out
}
