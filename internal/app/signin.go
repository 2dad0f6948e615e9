package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/auth"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/httpapi"
	"github.com/bangwo/bangwo/internal/store"
	"github.com/bangwo/bangwo/internal/track/mcp"
)

// Bounds of sign-ins that lead through this platform's own door.
const (
	kindSignIn     = "sign_in" // group: the day it ends
	maxSignIns     = 8         // under way on one node
	maxBackText    = 4 << 10   // bytes of what an authorization server sends back
	signInStoreFor = 30 * time.Second
)

// signIn is a sign-in under way. What came back is of no use without the verifier, which never leaves the node that began it.
type signIn struct {
	httpapi.SignIn
	Address string    `json:"address"`
	Code    string    `json:"code,omitempty"`
	State   string    `json:"back_state,omitempty"`
	Issuer  string    `json:"issuer,omitempty"`
	Denied  string    `json:"denied,omitempty"`
	Back    bool      `json:"back,omitempty"`
	Begun   time.Time `json:"begun"`
}

// signIns lets operators sign in at merchants' servers by a link. Whichever node the operator comes back to writes down
// what they bring; the node that began takes it from there.
type signIns struct {
	store  store.Store
	driver *mcp.Driver
	now    func() time.Time

	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
	slots   chan struct{}
}

func newSignIns(st store.Store, driver *mcp.Driver, now func() time.Time) *signIns {
	s := &signIns{store: st, driver: driver, now: now, slots: make(chan struct{}, maxSignIns)}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	return s
}

func (s *signIns) close() error {
	s.cancel()
	s.running.Wait()
	return nil
}

// Begin asks the server at an address how to sign in and returns the link; where none is wanted it is done at once.
func (s *signIns) Begin(ctx context.Context, address, redirect, metadata string, scopes []string) (httpapi.SignIn, error) {
	select {
	case s.slots <- struct{}{}:
	default:
		return httpapi.SignIn{}, fault.New(fault.Limit, "%d sign-ins are under way already", maxSignIns).WithHint("finish one, or wait until it runs out")
	}
	shown, ended := make(chan signIn, 1), make(chan error, 1)
	var id string
	door := mcp.Door{Redirect: redirect, Metadata: metadata,
		Fetch: func(ctx context.Context, args *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
			made, err := s.open(ctx, address, args.URL)
			if err != nil {
				return nil, err
			}
			id = made.ID
			shown <- made
			return s.await(ctx, made.ID)
		}}
	s.running.Go(func() {
		defer func() { <-s.slots }()
		err := s.driver.SignIn(s.ctx, catalog.Source{Track: catalog.TrackMCP, URL: address}, door, scopes...)
		if id != "" {
			s.end(id, err)
		}
		ended <- err
	})
	select {
	case made := <-shown:
		return made.SignIn, nil
	case err := <-ended:
		return httpapi.SignIn{State: httpapi.SignInDone}, err
	case <-ctx.Done():
		return httpapi.SignIn{}, fault.New(fault.Timeout, "%s did not say in time how to sign in", address)
	}
}

// signInID names a sign-in by the state that travels through the operator's browser.
func signInID(state string) string {
	sum := sha256.Sum256([]byte("sign-in\n" + state))
	return hex.EncodeToString(sum[:16])
}

func signInStream(id string) string { return "sign-in/" + id }

func (s *signIns) open(ctx context.Context, address, link string) (signIn, error) {
	u, err := url.Parse(link)
	if err != nil || u.Query().Get("state") == "" {
		return signIn{}, fault.New(fault.Internal, "the address to sign in at has no state")
	}
	now := s.now()
	made := signIn{Address: address, Begun: now, SignIn: httpapi.SignIn{ID: signInID(u.Query().Get("state")), URL: link,
		State: httpapi.SignInOpen, Expires: now.Add(mcp.SignInFor)}}
	return made, s.put(ctx, made, 0)
}

func (s *signIns) put(ctx context.Context, v signIn, expect int64) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return fault.New(fault.Internal, "encode sign-in: %w", err)
	}
	return s.store.Commit(ctx, store.Write{
		Puts:   []store.Put{{Kind: kindSignIn, ID: v.ID, Group: store.Day(v.Begun), Data: raw, Expect: expect}},
		Events: []store.Append{{Stream: signInStream(v.ID), Type: v.SignIn.State, Data: json.RawMessage(`{}`)}}})
}

func (s *signIns) get(ctx context.Context, id string) (signIn, int64, error) {
	var v signIn
	rec, err := s.store.Get(ctx, kindSignIn, id)
	if err != nil {
		return v, 0, err
	}
	if err := json.Unmarshal(rec.Data, &v); err != nil {
		return v, 0, fault.New(fault.Internal, "read sign-in: %w", err)
	}
	return v, rec.Version, nil
}

// await waits for the operator to come back, to whichever node.
func (s *signIns) await(ctx context.Context, id string) (*auth.AuthorizationResult, error) {
	woken := s.store.Watch(ctx, signInStream(id))
	for {
		v, _, err := s.get(ctx, id)
		switch {
		case err != nil:
			return nil, err
		case v.Denied != "":
			return nil, fault.New(fault.Denied, "the authorization server refused: %s", v.Denied)
		case v.Back:
			return &auth.AuthorizationResult{Code: v.Code, State: v.State, Iss: v.Issuer}, nil
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-woken:
		}
	}
}

// end tells what became of a sign-in; what came back is dropped.
func (s *signIns) end(id string, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), signInStoreFor)
	defer cancel()
	v, version, getErr := s.get(ctx, id)
	if getErr != nil {
		return
	}
	v.Code, v.State, v.SignIn.State, v.SignIn.URL = "", "", httpapi.SignInDone, ""
	if err != nil {
		v.SignIn.State, v.SignIn.Error = httpapi.SignInFailed, string(fault.CodeOf(err))
	}
	_ = s.put(ctx, v, version) // an operator who asks sees it open until it runs out
}

// Look tells how a sign-in stands. Faults: not_found.
func (s *signIns) Look(ctx context.Context, id string) (httpapi.SignIn, error) {
	v, _, err := s.get(ctx, id)
	if err == nil && v.SignIn.State == httpapi.SignInOpen && !s.now().Before(v.Expires) {
		v.SignIn.State, v.SignIn.Error = httpapi.SignInFailed, string(fault.Expired)
	}
	return v.SignIn, err
}

// Return takes what an operator came back with, once, and waits for what becomes of it. Faults: not_found, expired,
// conflict (it came back already), limit, and those of the sign-in.
func (s *signIns) Return(ctx context.Context, back httpapi.SignInBack) (httpapi.SignIn, error) {
	if len(back.State)+len(back.Code)+len(back.Issuer)+len(back.Error) > maxBackText {
		return httpapi.SignIn{}, fault.New(fault.Limit, "what came back is longer than %d bytes", maxBackText)
	}
	id := signInID(back.State)
	v, version, err := s.get(ctx, id)
	switch {
	case err != nil:
		return httpapi.SignIn{}, err
	case !s.now().Before(v.Expires):
		return httpapi.SignIn{}, fault.New(fault.Expired, "the sign-in ran out")
	case v.Back || v.SignIn.State != httpapi.SignInOpen:
		return httpapi.SignIn{}, fault.New(fault.Conflict, "the sign-in came back already")
	}
	v.Back, v.Code, v.State, v.Issuer, v.Denied = true, back.Code, back.State, back.Issuer, back.Error
	woken := s.store.Watch(ctx, signInStream(id))
	if err := s.put(ctx, v, version); err != nil {
		return httpapi.SignIn{}, err
	}
	for {
		now, err := s.Look(ctx, id)
		if err != nil || now.State != httpapi.SignInOpen {
			return now, err
		}
		select {
		case <-ctx.Done():
			return now, nil // it goes on without this page
		case <-woken:
		}
	}
}

// sweep drops sign-ins of days before yesterday.
func (s *signIns) sweep(ctx context.Context, days int) error {
	return store.SweepDays(ctx, s.store, kindSignIn, s.now(), 2, days)
}
