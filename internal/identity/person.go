package identity

import (
	"context"
	"encoding/json"
	"regexp"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// MaxPeople bounds one listing of demo people.
const MaxPeople = 50

// Person is somebody who talks to Bangwo.
type Person struct {
	ID      string         `json:"id"`
	Name    string         `json:"name"`
	Lang    string         `json:"lang,omitempty"` // "zh", "en" or "" for whatever they write
	Demo    bool           `json:"demo,omitempty"` // may be signed in as by anyone, where the platform runs with --demo
	Profile assist.Profile `json:"profile"`
	Created time.Time      `json:"created"`
}

var idPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)

// groupOf lists demo people apart from all others.
func groupOf(p Person) string {
	if p.Demo {
		return "demo"
	}
	return "member"
}

// Add keeps a new person and returns it with its ID. A given ID that is taken already is left as it stands and
// returned, so that adding the same person again does nothing. Faults: invalid.
func (b *Book) Add(ctx context.Context, p Person) (Person, error) {
	if p.ID == "" {
		p.ID = newID("p_")
	}
	if !idPattern.MatchString(p.ID) {
		return Person{}, fault.New(fault.Invalid, "a person's id is 1 to 64 letters, digits, - and _: %q", p.ID).With("field", "id")
	}
	if p.Profile.Name == "" {
		p.Profile.Name = p.Name
	}
	if err := checkProfile(p.Lang, p.Profile); err != nil {
		return Person{}, err
	}
	p.Name, p.Created = p.Profile.Name, b.now()
	raw, err := json.Marshal(p)
	if err != nil {
		return Person{}, fault.New(fault.Internal, "encode person: %w", err)
	}
	put := store.Put{Kind: kindPerson, ID: p.ID, Group: groupOf(p), Data: raw}
	err = b.store.Commit(ctx, store.Write{Puts: []store.Put{put}})
	if fault.Is(err, fault.Conflict) {
		return b.Person(ctx, p.ID)
	}
	return p, err
}

// Person returns one person. Faults: not_found.
func (b *Book) Person(ctx context.Context, id string) (Person, error) {
	var p Person
	_, err := b.read(ctx, kindPerson, id, &p)
	return p, err
}

// DemoPeople lists those whom anyone may sign in as on a demo platform.
func (b *Book) DemoPeople(ctx context.Context) ([]Person, error) { return b.list(ctx, "demo") }

// People lists everyone, demo people and members, at most MaxPeople of each.
func (b *Book) People(ctx context.Context) ([]Person, error) {
	demo, err := b.list(ctx, "demo")
	if err != nil {
		return nil, err
	}
	members, err := b.list(ctx, "member")
	return append(demo, members...), err
}

func (b *Book) list(ctx context.Context, group string) ([]Person, error) {
	recs, err := b.store.List(ctx, store.Query{Kind: kindPerson, Group: group, Limit: MaxPeople})
	if err != nil {
		return nil, err
	}
	out := make([]Person, 0, len(recs))
	for _, rec := range recs {
		var p Person
		if err := json.Unmarshal(rec.Data, &p); err != nil {
			return nil, fault.New(fault.Internal, "read person %s: %w", rec.ID, err)
		}
		out = append(out, p)
	}
	return out, nil
}
