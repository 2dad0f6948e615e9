package identity

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// Bounds of a profile.
const (
	MaxAddresses = 20
	MaxConsents  = 200
	MaxNameRunes = 64
	MaxTextRunes = 200
)

var phonePattern = regexp.MustCompile(`^\+?[0-9][0-9 -]{4,18}[0-9]$`)

// consentValues are the profile values that a service may be allowed to have.
var consentValues = map[string]bool{"name": true, "phone": true, "address": true, "location": true, "profile": true, "login": true}

// PutProfile replaces a person's profile and language, and with the profile's name the person's.
// Faults: not_found, invalid with params field.
func (b *Book) PutProfile(ctx context.Context, id, lang string, profile assist.Profile) (Person, error) {
	if err := checkProfile(lang, profile); err != nil {
		return Person{}, err
	}
	return b.change(ctx, id, func(p *Person) {
		p.Lang, p.Name, p.Profile = lang, profile.Name, profile
	})
}

// Allow remembers that a service may have a profile value from now on. Faults: not_found, invalid, limit.
func (b *Book) Allow(ctx context.Context, id string, c assist.Consent) error {
	p, err := b.Person(ctx, id)
	if err != nil {
		return err
	}
	if err := checkConsents(append(p.Profile.Consents, c)); err != nil {
		return err
	}
	_, err = b.change(ctx, id, func(p *Person) {
		for i, have := range p.Profile.Consents {
			if have.Service == c.Service && have.Value == c.Value {
				p.Profile.Consents[i] = c
				return
			}
		}
		p.Profile.Consents = append(p.Profile.Consents, c)
	})
	return err
}

// change rewrites a person under their version, again when somebody else was quicker.
func (b *Book) change(ctx context.Context, id string, edit func(*Person)) (Person, error) {
	for range maxAttempts {
		var p Person
		version, err := b.read(ctx, kindPerson, id, &p)
		if err != nil {
			return Person{}, err
		}
		edit(&p)
		raw, err := json.Marshal(p)
		if err != nil {
			return Person{}, fault.New(fault.Internal, "encode person: %w", err)
		}
		put := store.Put{Kind: kindPerson, ID: id, Group: groupOf(p), Data: raw, Expect: version}
		err = b.store.Commit(ctx, store.Write{Puts: []store.Put{put}})
		if !fault.Is(err, fault.Conflict) {
			return p, err
		}
	}
	return Person{}, fault.New(fault.Conflict, "person %s is being changed by others", id)
}

func checkProfile(lang string, p assist.Profile) error {
	if lang != "" && lang != "zh" && lang != "en" {
		return bad("lang", `is "zh", "en" or empty`)
	}
	if strings.TrimSpace(p.Name) == "" {
		return bad("name", "must not be empty")
	}
	if err := checkTexts(map[string]string{"name": p.Name, "place": p.Place}); err != nil {
		return err
	}
	if p.Phone != "" && !phonePattern.MatchString(p.Phone) {
		return bad("phone", "has 6 to 20 digits, spaces and hyphens, with + before the country")
	}
	if len(p.Addresses) > MaxAddresses {
		return bad("addresses", fmt.Sprintf("has at most %d entries", MaxAddresses))
	}
	for i, a := range p.Addresses {
		if err := checkAddress(fmt.Sprintf("addresses[%d]", i), a); err != nil {
			return err
		}
	}
	return checkConsents(p.Consents)
}

func checkAddress(field string, a assist.Address) error {
	if strings.TrimSpace(a.Label) == "" || strings.TrimSpace(a.Detail) == "" {
		return bad(field, "needs a label and the address itself")
	}
	if err := checkTexts(map[string]string{field + ".label": a.Label, field + ".name": a.Name, field + ".detail": a.Detail}); err != nil {
		return err
	}
	if a.Phone != "" && !phonePattern.MatchString(a.Phone) {
		return bad(field+".phone", "is not a telephone number")
	}
	if math.Abs(a.Latitude) > 90 || math.Abs(a.Longitude) > 180 || math.IsNaN(a.Latitude+a.Longitude) {
		return bad(field, "lies outside the earth")
	}
	return nil
}

func checkConsents(cs []assist.Consent) error {
	if len(cs) > MaxConsents {
		return bad("consents", fmt.Sprintf("has at most %d entries", MaxConsents))
	}
	for i, c := range cs {
		if c.Service == "" || len(c.Service) > MaxTextRunes || !consentValues[c.Value] {
			return bad(fmt.Sprintf("consents[%d]", i), "names a service and one of name, phone, address, location, profile, login")
		}
	}
	return nil
}

// checkTexts refuses what could not be shown on one line: it ends up on cards and in merchants' forms.
func checkTexts(texts map[string]string) error {
	for field, s := range texts {
		limit := MaxTextRunes
		if strings.HasSuffix(field, "name") || strings.HasSuffix(field, "label") {
			limit = MaxNameRunes
		}
		if !utf8.ValidString(s) || utf8.RuneCountInString(s) > limit {
			return bad(field, fmt.Sprintf("is text of at most %d characters", limit))
		}
		if strings.ContainsFunc(s, unicode.IsControl) {
			return bad(field, "must not hold control characters")
		}
	}
	return nil
}

func bad(field, rule string) *fault.Error {
	return fault.New(fault.Invalid, "%s %s", field, rule).With("field", field)
}
