// Package app is the composition root: it opens the database, the drivers, the register of services and people,
// the mind and the desk, and puts the HTTP door in front of them. The binary and the end-to-end tests start the
// same App; nothing below it knows it.
//
// New starts the work in the background (unfinished errands are taken up again), Run serves until its context
// ends, Close stops everything and waits. A second App on the same PostgreSQL is a second node.
package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/desk"
	"github.com/bangwo/bangwo/internal/assist/exposure"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/identity"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/registry"
	"github.com/bangwo/bangwo/internal/sandbox"
	"github.com/bangwo/bangwo/internal/store/open"
	"github.com/bangwo/bangwo/internal/store/sqldb"
	"github.com/bangwo/bangwo/internal/telemetry"
	"github.com/bangwo/bangwo/internal/track"
	"github.com/bangwo/bangwo/internal/track/mcp"
	"github.com/bangwo/bangwo/internal/track/skill"
)

// openTimeout bounds opening the database and bringing its schema up to date.
const openTimeout = time.Minute

// databaseFile is the embedded database's name in the data folder.
const databaseFile = "bangwo.db"

// App is a running platform.
type App struct {
	cfg      Config
	db       open.DB
	pool     *sandbox.Pool
	people   *identity.Book
	services *registry.Registry
	rules    *understand.Mind
	mind     assist.Mind
	desk     *desk.Desk
	servers  *mcp.Driver
	signIns  *signIns
	watched  *watched
	closers  []func() error // in the order of opening
}

// New opens everything and takes up what was left unfinished. Faults: invalid for the settings, and those of the database.
func New(ctx context.Context, cfg Config) (*App, error) {
	if err := cfg.complete(); err != nil {
		return nil, err
	}
	a := &App{cfg: cfg}
	for _, step := range []func(context.Context) error{a.openFolder, a.openTelemetry, a.openStore, a.openServices, a.openDesk, a.seed, a.start} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, a.Close())
		}
	}
	return a, nil
}

// Close stops the desk, the services and the database, in this order, and waits for them.
func (a *App) Close() error {
	var errs []error
	for i := len(a.closers) - 1; i >= 0; i-- {
		errs = append(errs, a.closers[i]())
	}
	a.closers = nil
	return errors.Join(errs...)
}

// Desk is where people's turns are carried out.
func (a *App) Desk() *desk.Desk { return a.desk }

// Services is the register of services.
func (a *App) Services() *registry.Registry { return a.services }

// People is the register of people and tokens.
func (a *App) People() *identity.Book { return a.people }

// Exposures tells which services were put up for which goals.
func (a *App) Exposures() exposure.Book { return exposure.Book{Store: a.db, Now: a.cfg.Now} }

// Store is the database with its ledger.
func (a *App) Store() open.DB { return a.db }

// Ledger is the money.
func (a *App) Ledger() ledger.Ledger { return a.db.Ledger() }

func (a *App) openFolder(context.Context) error {
	abs, err := filepath.Abs(a.cfg.Data)
	if err != nil {
		return fault.New(fault.Invalid, "data folder: %w", err).With("field", "data")
	}
	a.cfg.Data = abs
	if err := os.MkdirAll(abs, 0o700); err != nil {
		return fault.New(fault.Invalid, "data folder: %w", err).With("field", "data")
	}
	if a.cfg.KeyFile == "" {
		a.cfg.KeyFile = filepath.Join(abs, keyFileName)
	}
	return nil
}

func (a *App) openTelemetry(context.Context) error {
	tracer, err := telemetry.New(a.cfg.Collector, a.cfg.Version, a.cfg.Node)
	if err != nil {
		return err
	}
	a.watched = newWatched(tracer)
	a.closers = append(a.closers, tracer.Close)
	return nil
}

func (a *App) openStore(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	where := a.cfg.DB
	if where == "" {
		where = filepath.Join(a.cfg.Data, databaseFile)
	}
	db, err := open.Open(ctx, where, sqldb.WithClock(a.cfg.Now))
	if err != nil {
		return fault.New(fault.Unavailable, "open the database: %w", err)
	}
	a.db = db
	a.closers = append(a.closers, db.Close)
	a.people = identity.New(db, a.cfg.Now)
	return nil
}

func (a *App) openServices(context.Context) error {
	pool, err := sandbox.NewPool(sandbox.Options{Running: a.cfg.Workers, Command: a.cfg.Worker})
	if err != nil {
		return err
	}
	a.pool = pool
	a.closers = append(a.closers, func() error { pool.Close(); return nil })
	a.servers = mcp.New(mcp.Options{Log: a.cfg.Log, Grants: &grants{store: a.db, file: a.cfg.KeyFile}})
	a.signIns = newSignIns(a.db, a.servers, a.cfg.Now)
	a.closers = append(a.closers, a.signIns.close)
	drivers := map[catalog.Track]track.Driver{}
	for _, d := range []track.Driver{
		a.servers,
		skill.New(pool, storage{a.db}).WithClock(a.cfg.Now),
	} {
		drivers[d.Track()] = d
	}
	a.services = registry.New(a.db, drivers, a.cfg.Log)
	a.services.LearnWith(understand.Harvest)
	a.services.ReadWith(understand.Reader{})
	a.closers = append(a.closers, a.services.Close)
	return nil
}

func (a *App) openDesk(context.Context) error {
	if err := a.openMind(); err != nil {
		return err
	}
	a.desk = desk.New(desk.Deps{Store: a.db, Ledger: a.db.Ledger(), Mind: mindWithTraces{a.mind, a.watched}, Services: servicesWithTraces{a.services, a.watched}, Profiles: a.people,
		Clock: a.cfg.Now, Node: a.cfg.Node, Log: a.cfg.Log})
	a.closers = append(a.closers, a.desk.Close)
	return nil
}

func (a *App) start(ctx context.Context) error {
	if a.cfg.Passive {
		return nil
	}
	return a.desk.Start(ctx)
}

// Think only plans: what Bangwo would do for a sentence, without doing any of it.
func (a *App) Think(ctx context.Context, person string, u desk.Utterance) (assist.Thought, error) {
	r, err := a.request(ctx, person, u)
	if err != nil {
		return assist.Thought{}, err
	}
	return a.mind.Think(ctx, r)
}
