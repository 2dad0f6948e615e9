package plan

import (
	"encoding/json"
	"fmt"
)

// The keys of a Reason.
const (
	WhyIndex    = "index"    // number N of Of
	WhyChosen   = "chosen"   // by the person
	WhyOnly     = "only"     // the only one that fits Words
	WhyLike     = "like"     // closest to Words
	WhyKind     = "kind"     // the first of Of kinds
	WhySearch   = "search"   // the first that a search found
	WhyFirst    = "first"    // the first
	WhyNearest  = "nearest"  // by distance
	WhyBest     = "best"     // by rating
	WhyFastest  = "fastest"  // by waiting time
	WhyCheapest = "cheapest" // by price
	WhyTime     = "time"     // nearest to the time Words
	WhyNamed    = "named"    // the order's own words name it
)

// Reason is why an element was chosen, as data: who tells it to people says it in their language.
type Reason struct {
	Key   string `json:"key"`
	N     int    `json:"n,omitempty"`
	Of    int    `json:"of,omitempty"` // how many there were
	Words string `json:"words,omitempty"`
}

// UnmarshalJSON also takes a bare text, as older journals hold it.
func (r *Reason) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		*r = Reason{}
		return json.Unmarshal(raw, &r.Words)
	}
	type plain Reason
	return json.Unmarshal(raw, (*plain)(r))
}

// String is the reason for logs.
func (r Reason) String() string {
	if r.Key == "" {
		return r.Words
	}
	return fmt.Sprintf("%s %q, %d of %d", r.Key, r.Words, r.N, r.Of)
}
