package identity_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/identity"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/store/sqlite"
)

type bundle struct {
	book  *identity.Book
	store store.Store
	now   time.Time
}

func setup(t *testing.T) *bundle {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	b := &bundle{store: db, now: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)}
	b.book = identity.New(db, func() time.Time { return b.now })
	return b
}

func (b *bundle) add(t *testing.T, p identity.Person) identity.Person {
	t.Helper()
	p, err := b.book.Add(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAddingTwiceKeepsTheFirst(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.add(t, identity.Person{ID: "lin", Name: "Lin", Demo: true})
	b.add(t, identity.Person{Name: "Member"})
	again := b.add(t, identity.Person{ID: "lin", Name: "Somebody else"})
	if again.Name != "Lin" {
		t.Errorf("the second adding changed the person: %+v", again)
	}
	demo, err := b.book.DemoPeople(t.Context())
	if err != nil || len(demo) != 1 || demo[0].ID != "lin" {
		t.Errorf("demo people: %+v, %v; a member must not be among them", demo, err)
	}
}

func TestProfilesAreChecked(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", identity.MaxNameRunes+1)
	cases := []struct {
		name, lang, field string
		profile           assist.Profile
	}{
		{"no name", "", "name", assist.Profile{}},
		{"long name", "", "name", assist.Profile{Name: long}},
		{"line break", "", "place", assist.Profile{Name: "A", Place: "a\nb"}},
		{"language", "fr", "lang", assist.Profile{Name: "A"}},
		{"phone", "", "phone", assist.Profile{Name: "A", Phone: "call me"}},
		{"address without detail", "", "addresses[0]", assist.Profile{Name: "A", Addresses: []assist.Address{{Label: "home"}}}},
		{"off the earth", "", "addresses[0]", assist.Profile{Name: "A", Addresses: []assist.Address{{Label: "home", Detail: "x", Latitude: 91}}}},
		{"consent", "", "consents[0]", assist.Profile{Name: "A", Consents: []assist.Consent{{Service: "s", Value: "everything"}}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			p := b.add(t, identity.Person{Name: "Lin"})
			_, err := b.book.PutProfile(t.Context(), p.ID, c.lang, c.profile)
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("got %v, want invalid", err)
			}
			if field := err.(*fault.Error).Params["field"]; field != c.field {
				t.Errorf("field %q, want %q", field, c.field)
			}
			kept, err := b.book.Person(t.Context(), p.ID)
			if err != nil || kept.Profile.Name != "Lin" {
				t.Errorf("a refused profile was kept: %+v, %v", kept, err)
			}
		})
	}
}

func TestConsentsAreKeptOncePerServiceAndValue(t *testing.T) {
	t.Parallel()
	b := setup(t)
	p := b.add(t, identity.Person{Name: "Lin"})
	for range 2 {
		if err := b.book.Allow(t.Context(), p.ID, assist.Consent{Service: "coffee", Value: "phone", Always: true}); err != nil {
			t.Fatal(err)
		}
	}
	profile, err := b.book.Profile(t.Context(), p.ID)
	if err != nil || len(profile.Consents) != 1 {
		t.Errorf("consents: %+v, %v", profile.Consents, err)
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	b := setup(t)
	p := b.add(t, identity.Person{Name: "Lin"})
	ctx := context.Background()
	token, expires, err := b.book.SignIn(ctx, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	if who, err := b.book.Who(ctx, token); err != nil || who.Person != p.ID || who.Merchant != "" {
		t.Fatalf("who: %+v, %v", who, err)
	}
	b.now = expires
	if _, err := b.book.Who(ctx, token); !fault.Is(err, fault.Unsigned) {
		t.Errorf("a session that ran out still opens: %v", err)
	}
	b.now = expires.Add(-time.Second)
	for range 2 { // the second time there is nothing left to end
		if err := b.book.SignOut(ctx, token); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.book.Who(ctx, token); !fault.Is(err, fault.Unsigned) {
		t.Errorf("a session that was ended still opens: %v", err)
	}
}

func TestTokensAreNotStored(t *testing.T) {
	t.Parallel()
	b := setup(t)
	p := b.add(t, identity.Person{Name: "Lin"})
	token, _, err := b.book.SignIn(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	recs, err := b.store.List(t.Context(), store.Query{Kind: "session"})
	if err != nil || len(recs) != 1 {
		t.Fatalf("sessions: %v, %v", recs, err)
	}
	if strings.Contains(recs[0].ID+string(recs[0].Data), token) {
		t.Error("the token itself is in the database")
	}
	if _, err := b.book.Who(t.Context(), recs[0].ID); !fault.Is(err, fault.Unsigned) {
		t.Errorf("what is stored opens the session: %v", err)
	}
}

func TestMerchantTokens(t *testing.T) {
	t.Parallel()
	b := setup(t)
	token, err := b.book.IssueMerchantToken(t.Context(), "coffee")
	if err != nil {
		t.Fatal(err)
	}
	if who, err := b.book.Who(t.Context(), token); err != nil || who.Merchant != "coffee" || who.Person != "" {
		t.Errorf("who: %+v, %v", who, err)
	}
	if err := b.book.RevokeMerchantTokens(t.Context(), "coffee"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.book.Who(t.Context(), token); !fault.Is(err, fault.Unsigned) {
		t.Errorf("a revoked token still opens: %v", err)
	}
}

func TestSessionsThatRanOutAreDeleted(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.add(t, identity.Person{ID: "lin", Name: "Lin"})
	old, expires, err := b.book.SignIn(t.Context(), "lin")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.book.IssueMerchantToken(t.Context(), "corner"); err != nil {
		t.Fatal(err)
	}
	b.now = expires
	if _, err := b.book.Who(t.Context(), old); !fault.Is(err, fault.Unsigned) {
		t.Errorf("a session that ran out: %v", err)
	}
	b.now = expires.AddDate(0, 0, 5)
	young, _, err := b.book.SignIn(t.Context(), "lin")
	if err != nil {
		t.Fatal(err)
	}
	count := func() int {
		recs, err := b.store.List(t.Context(), store.Query{Kind: "session"})
		if err != nil {
			t.Fatal(err)
		}
		return len(recs)
	}
	if err := b.book.Sweep(t.Context(), 4); err != nil || count() != 2 {
		t.Errorf("%v; %d sessions after looking at four days", err, count())
	}
	if err := b.book.Sweep(t.Context(), 5); err != nil || count() != 1 {
		t.Errorf("%v; %d sessions, want the young one", err, count())
	}
	if who, err := b.book.Who(t.Context(), young); err != nil || who.Person != "lin" {
		t.Errorf("the young session: %+v, %v", who, err)
	}
	if recs, err := b.store.List(t.Context(), store.Query{Kind: "merchant_token"}); err != nil || len(recs) != 1 {
		t.Errorf("a merchant's token, which never runs out, was deleted: %v", err)
	}
}

func TestOperatorsHaveTokensOfTheirOwn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	token, expires, err := b.book.IssueOperatorToken(t.Context(), "ops")
	if err != nil {
		t.Fatal(err)
	}
	if who, err := b.book.Who(t.Context(), token); err != nil || who.Operator != "ops" || who.Person != "" || who.Merchant != "" {
		t.Errorf("%+v, %v", who, err)
	}
	if _, _, err := b.book.IssueOperatorToken(t.Context(), "o p s"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a name with blanks: %v", err)
	}
	b.now = expires
	if _, err := b.book.Who(t.Context(), token); !fault.Is(err, fault.Unsigned) {
		t.Errorf("after its time: %v", err)
	}
	b.now = expires.AddDate(0, 0, -1)
	if err := b.book.RevokeOperatorTokens(t.Context(), "ops"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.book.Who(t.Context(), token); !fault.Is(err, fault.Unsigned) {
		t.Errorf("after it was revoked: %v", err)
	}
}
