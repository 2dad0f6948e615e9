package eval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/identity"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/order"
	"github.com/bangwo/bangwo/internal/registry"
)

// defaultWallet is what a person of a suite that says nothing has, in fen.
const defaultWallet = 20_000_00

// stage is a platform of its own, on a throw-away folder, with all of a suite's services. Cases are played on it one
// after another, each by a new person: a package keeps its storage per person, a server is reset.
type stage struct {
	suite     *Suite
	app       *app.App
	dir       string
	merchants map[string]*merchant
	server    *http.Server
	serving   chan struct{}
	now       func() time.Time
	people    int
}

// newStage opens the platform and brings the services in.
func newStage(ctx context.Context, suite *Suite, opt Options) (*stage, error) {
	dir, err := os.MkdirTemp("", "bangwo-eval-")
	if err != nil {
		return nil, fault.New(fault.Internal, "a throw-away folder: %w", err)
	}
	begun := time.Now()
	s := &stage{suite: suite, dir: dir, merchants: map[string]*merchant{}, serving: make(chan struct{})}
	s.now = func() time.Time { return suite.Now.Add(time.Since(begun)) }
	cfg := app.Defaults()
	cfg.Data, cfg.Now, cfg.Log, cfg.Worker = filepath.Join(dir, "data"), s.now, opt.Log, opt.Worker
	if s.app, err = app.New(ctx, cfg); err != nil {
		close(s.serving)
		return nil, errors.Join(err, s.close())
	}
	address, err := s.listen(ctx)
	if err == nil {
		err = s.addServices(ctx, address)
	}
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// listen serves the suite's MCP servers on loopback, each under its own path.
func (s *stage) listen(ctx context.Context) (string, error) {
	mux := http.NewServeMux()
	for _, svc := range s.suite.Services {
		if !svc.MCP {
			continue
		}
		m, server, err := newMerchant(svc, s.now)
		if err != nil {
			close(s.serving)
			return "", err
		}
		s.merchants[svc.ID] = m
		mux.Handle("/"+svc.ID, mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, nil))
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		close(s.serving)
		return "", fault.New(fault.Unavailable, "listen on loopback: %w", err)
	}
	s.server = &http.Server{Handler: mux, ReadHeaderTimeout: callBudget}
	go func() {
		defer close(s.serving)
		_ = s.server.Serve(l) // ends with close
	}()
	return "http://" + l.Addr().String(), nil
}

func (s *stage) addServices(ctx context.Context, address string) error {
	for _, svc := range s.suite.Services {
		src := catalog.Source{Track: catalog.TrackSkill, Path: svc.Dir, Storage: svc.Storage}
		if svc.MCP {
			src = catalog.Source{Track: catalog.TrackMCP, URL: address + "/" + svc.ID}
		}
		if _, err := s.app.Services().Add(ctx, src, registry.AddOptions{ID: svc.ID, Name: svc.Name, Sandbox: true}); err != nil {
			return fmt.Errorf("service %s: %w", svc.ID, err)
		}
	}
	return nil
}

// person makes the next case's person, with the suite's profile and a full wallet, and gives the servers their first state.
func (s *stage) person(ctx context.Context) (string, error) {
	for _, m := range s.merchants {
		if err := m.reset(); err != nil {
			return "", err
		}
	}
	s.people++
	id := fmt.Sprintf("p%05d", s.people)
	if _, err := s.app.AddPerson(ctx, identity.Person{ID: id, Name: s.suite.Profile.Name, Profile: s.suite.Profile}); err != nil {
		return "", err
	}
	return id, s.app.TopUp(ctx, id, "eval/"+id, money.Of(s.wallet(), money.CNY))
}

func (s *stage) wallet() int64 {
	if s.suite.Wallet > 0 {
		return s.suite.Wallet
	}
	return defaultWallet
}

// spent is what left the person's wallet or is still held there, in fen.
func (s *stage) spent(ctx context.Context, person string) (int64, error) {
	b, err := s.app.Ledger().Balance(ctx, order.Wallet(person))
	return s.wallet() - b.Available(), err
}

// data is a service's own data for a person: a package's storage, a server's state.
func (s *stage) data(ctx context.Context, svc Service, person string) (any, error) {
	if m, ok := s.merchants[svc.ID]; ok {
		return m.state()
	}
	values, err := s.app.PackageStorage(ctx, svc.ID, person)
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	for k, raw := range values {
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			return nil, fault.New(fault.Internal, "storage of %s: %w", svc.ID, err)
		}
		if text, ok := v.(string); ok { // many packages store JSON as text
			var inner any
			if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
				if json.Unmarshal([]byte(text), &inner) == nil {
					v = inner
				}
			}
		}
		out[k] = v
	}
	return out, nil
}

func (s *stage) close() error {
	var errs []error
	if s.app != nil {
		errs = append(errs, s.app.Close())
	}
	if s.server != nil {
		errs = append(errs, s.server.Close())
	}
	<-s.serving
	for _, m := range s.merchants {
		m.close()
	}
	return errors.Join(append(errs, os.RemoveAll(s.dir))...)
}

// Catalogue brings a suite's services in on a platform of its own and returns them as it knows them then, with the names
// of their live items.
func Catalogue(ctx context.Context, suite *Suite, opt Options) ([]catalog.Service, error) {
	s, err := newStage(ctx, suite, opt)
	if err != nil {
		return nil, err
	}
	all, err := s.app.Services().List(ctx)
	return all, errors.Join(err, s.close())
}
