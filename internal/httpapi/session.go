package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/identity"
)

// PersonView is a person's name.
type PersonView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Purse is what is in a wallet, in minor units.
type Purse struct {
	Amount    int64  `json:"amount"`
	Available int64  `json:"available"`
	Currency  string `json:"currency"`
}

// Me is who is signed in.
type Me struct {
	ID      string         `json:"id"`
	Name    string         `json:"name"`
	Lang    string         `json:"lang"`
	Balance Purse          `json:"balance"`
	Profile assist.Profile `json:"profile"`
}

// ProfileInput is a person's profile as they write it.
type ProfileInput struct {
	Name      string           `json:"name"`
	Phone     string           `json:"phone,omitempty"`
	Lang      string           `json:"lang,omitempty" enum:"zh,en,"`
	Addresses []assist.Address `json:"addresses,omitempty"`
	Place     string           `json:"place,omitempty"`
	Consents  []assist.Consent `json:"consents,omitempty"`
}

// WalletEntry is one line of a person's statement; Amount is negative when money left the wallet.
type WalletEntry struct {
	At       time.Time `json:"at"`
	Memo     string    `json:"memo"`
	Hold     string    `json:"hold,omitempty" doc:"The hold it belongs to: that of an order"`
	Amount   int64     `json:"amount"`
	Currency string    `json:"currency"`
	Status   string    `json:"status"`
}

// Wallet is a balance with its latest entries, newest first.
type Wallet struct {
	Balance Purse         `json:"balance"`
	Entries []WalletEntry `json:"entries"`
}

type signInBody struct {
	Body struct {
		Person string `json:"person" minLength:"1" maxLength:"64"`
	}
}

type signedInAnswer struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      PersonView
}

type signedOutAnswer struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (s *Server) sessionRoutes() {
	add(s, huma.Operation{Method: http.MethodGet, Path: "/people", OperationID: "listPeople",
		Summary: "The demo people to sign in as (only with --demo)"}, s.people)
	huma.Register(s.api, huma.Operation{Method: http.MethodPost, Path: base + "/session", OperationID: "signIn",
		Summary: "Sign in as a demo person", MaxBodyBytes: MaxBody, BodyReadTimeout: RequestTimeout}, s.signIn)
	huma.Register(s.api, huma.Operation{Method: http.MethodDelete, Path: base + "/session", OperationID: "signOut",
		Summary: "Sign out", DefaultStatus: http.StatusNoContent}, s.signOut)
	personal(s, http.MethodGet, "/me", "me", "Who is signed in", s.me)
	personal(s, http.MethodPut, "/me/profile", "putProfile", "Replace the profile", s.putProfile)
	personal(s, http.MethodGet, "/wallet", "wallet", "Balance and statement", s.wallet)
}

func (s *Server) people(ctx context.Context, _ *none) ([]PersonView, error) {
	out := []PersonView{}
	if !s.Demo {
		return out, errNotHere
	}
	people, err := s.Identity.DemoPeople(ctx)
	for _, p := range people {
		out = append(out, PersonView{ID: p.ID, Name: p.Name})
	}
	return out, err
}

func (s *Server) signIn(ctx context.Context, in *signInBody) (*signedInAnswer, error) {
	if !s.Demo {
		return nil, wrapped{errNotHere}
	}
	p, err := s.Identity.Person(ctx, in.Body.Person)
	if err == nil && !p.Demo {
		err = errNotDemo
	}
	if err != nil {
		return nil, wrapped{err}
	}
	token, expires, err := s.Identity.SignIn(ctx, p.ID)
	if err != nil {
		return nil, wrapped{err}
	}
	return &signedInAnswer{SetCookie: s.cookie(token, expires), Body: PersonView{ID: p.ID, Name: p.Name}}, nil
}

func (s *Server) signOut(ctx context.Context, _ *none) (*signedOutAnswer, error) {
	if c := callerOf(ctx); c.Person != "" {
		if err := s.Identity.SignOut(ctx, c.token); err != nil {
			return nil, wrapped{err}
		}
	}
	return &signedOutAnswer{SetCookie: s.cookie("", time.Unix(1, 0))}, nil
}

func (s *Server) cookie(token string, expires time.Time) http.Cookie {
	c := http.Cookie{Name: sessionCookie, Value: token, Path: "/", Expires: expires,
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteStrictMode}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}

func (s *Server) me(ctx context.Context, id string, _ *none) (Me, error) {
	p, err := s.Identity.Person(ctx, id)
	if err != nil {
		return Me{}, err
	}
	purse, err := s.purse(ctx, id)
	return Me{ID: p.ID, Name: p.Name, Lang: p.Lang, Balance: purse, Profile: p.Profile}, err
}

func (s *Server) putProfile(ctx context.Context, id string, in *struct{ Body ProfileInput }) (Me, error) {
	b := in.Body
	profile := assist.Profile{Name: b.Name, Phone: b.Phone, Addresses: b.Addresses, Place: b.Place, Consents: b.Consents}
	if _, err := s.Identity.PutProfile(ctx, id, b.Lang, profile); err != nil {
		return Me{}, err
	}
	return s.me(ctx, id, nil)
}

func (s *Server) purse(ctx context.Context, id string) (Purse, error) {
	b, err := s.Ledger.Balance(ctx, identity.AccountOf(id))
	return Purse{Amount: b.Posted, Available: b.Available(), Currency: b.Currency}, err
}
