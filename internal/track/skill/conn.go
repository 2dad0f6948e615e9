package skill

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/miniapp"
	"github.com/bangwo/bangwo/internal/sandbox"
	"github.com/bangwo/bangwo/internal/track"
)

// Clock tells the time that handlers see.
type Clock func() time.Time

// maxArgs bounds the arguments of one call, as JSON.
const maxArgs = 64 << 10

// Connection is an open package. Safe for concurrent use.
type Connection struct {
	driver  *Driver
	pkg     *miniapp.Package
	key     string // of its storage, where a call names no service
	service catalog.Service
	bundles map[string]compiled
	fetch   *fetcher
}

var _ track.Connection = (*Connection)(nil)

// Service describes the package; the caller fills ID, Payee and Sandbox.
func (c *Connection) Service() catalog.Service { return c.service.Clone() }

// Changed is nil: a package is a snapshot.
func (c *Connection) Changed() <-chan struct{} { return nil }

// Close lets go of idle network connections.
func (c *Connection) Close() error {
	c.fetch.close()
	return nil
}

// Call runs one api in a fresh context, with the person's storage, which is saved when the handler has come
// to an end by itself, also when it threw. Faults: invalid (no such api, arguments), merchant (it threw, or
// answered nonsense), limit, timeout, cancelled.
func (c *Connection) Call(ctx context.Context, call track.Call) (track.Result, error) {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, track.CallTimeout)
		defer cancel()
	}
	sk, a, err := c.find(call)
	if err != nil {
		return track.Result{}, err
	}
	code := c.bundles[sk.Name]
	switch {
	case code.err != nil:
		return track.Result{}, code.err
	case code.bundle == nil:
		return track.Result{}, fault.New(fault.Internal, "the package was opened without workers to run it")
	}
	args, err := c.arguments(sk, a, call)
	if err != nil {
		return track.Result{}, err
	}
	service := call.Service
	if service == "" {
		service = c.key
	}
	done, err := c.driver.turns.take(ctx, service+"\x00"+call.Person)
	if err != nil {
		return track.Result{}, fault.New(fault.Timeout, "an earlier call of the same person did not end: %w", err)
	}
	defer done()
	return c.run(ctx, call, service, code.bundle, args, a)
}

func (c *Connection) run(ctx context.Context, call track.Call, service string, bundle *sandbox.Bundle, args json.RawMessage, a *miniapp.API) (track.Result, error) {
	values, err := c.load(ctx, service, call.Person)
	if err != nil {
		return track.Result{}, err
	}
	job := sandbox.Job{Scope: service, Bundle: bundle, Args: args, Storage: values, Host: &host{fetch: c.fetch, doors: call.Doors}}
	if deadline, ok := ctx.Deadline(); ok {
		job.Limits.Wall = time.Until(deadline)
	}
	if c.driver.clock != nil {
		job.Now = c.driver.clock()
	}
	out, err := c.driver.pool.Run(ctx, job)
	if err != nil {
		return track.Result{Logs: out.Logs}, err
	}
	if out.Changed {
		if err := c.driver.storage.Save(ctx, service, call.Person, out.Storage); err != nil {
			return track.Result{Logs: out.Logs}, err
		}
	}
	if out.Thrown != nil {
		return track.Result{Logs: out.Logs}, fault.New(fault.Merchant, "%s failed: %s", a.Name, out.Thrown.Message).With("stack", out.Thrown.Stack)
	}
	result, err := normalise(a, out.Value)
	result.Logs = out.Logs
	return result, err
}

func (c *Connection) load(ctx context.Context, service, person string) (map[string]json.RawMessage, error) {
	values, err := c.driver.storage.Load(ctx, service, person)
	if err != nil {
		return nil, err
	}
	if values != nil {
		return values, nil
	}
	presets := map[string]json.RawMessage{}
	for k, v := range c.service.Source.Storage {
		b, err := json.Marshal(v)
		if err != nil {
			return nil, fault.New(fault.Invalid, "storage preset %s: %w", k, err)
		}
		presets[k] = b
	}
	return presets, nil
}

func (c *Connection) find(call track.Call) (*miniapp.Skill, *miniapp.API, error) {
	for i := range c.pkg.Skills {
		sk := &c.pkg.Skills[i]
		if call.Skill != "" && call.Skill != sk.Name && call.Skill != sk.Path {
			continue
		}
		if a, ok := sk.API(call.Capability); ok {
			return sk, a, nil
		}
	}
	return nil, nil, fault.New(fault.Invalid, "no api %q in skill %q", call.Capability, call.Skill).WithHint("the package's mcp.json names its apis")
}

// arguments checks what is cheap and certain to check, and shapes the call for the context. Handlers check
// the rest by themselves, as the platforms require of them.
func (c *Connection) arguments(sk *miniapp.Skill, a *miniapp.API, call track.Call) (json.RawMessage, error) {
	given := call.Args
	if given == nil {
		given = map[string]any{}
	}
	if a.Input != nil {
		for _, name := range a.Input.Required {
			if _, ok := given[name]; !ok {
				return nil, fault.New(fault.Invalid, "%s: argument %s is missing", a.Name, name).With("argument", name)
			}
		}
		for _, p := range a.Input.Properties {
			if v, ok := given[p.Name]; ok && !admits(p.Schema, v) {
				return nil, fault.New(fault.Invalid, "%s: argument %s has the wrong type, want %v", a.Name, p.Name, p.Schema.Types).With("argument", p.Name)
			}
		}
	}
	b, err := json.Marshal(given)
	if err != nil {
		return nil, fault.New(fault.Invalid, "arguments of %s: %w", a.Name, err)
	}
	if len(b) > maxArgs {
		return nil, fault.New(fault.Invalid, "arguments of %s are %d bytes, more than %d", a.Name, len(b), maxArgs)
	}
	return json.Marshal(map[string]any{
		"dialect": c.pkg.Dialect, "gate": miniapp.APIGate(c.pkg.Dialect), "alias": c.pkg.App.Alias, "entry": sk.EntryFile, "skillPath": sk.Path, "name": a.Name, "arguments": json.RawMessage(b),
		"session": sessionOf(c.key, call.Person), "appId": "app-" + c.pkg.Hash[:min(12, len(c.pkg.Hash))],
	})
}

func admits(s *catalog.Schema, v any) bool {
	if s == nil || len(s.Types) == 0 || v == nil {
		return true
	}
	switch v.(type) {
	case string:
		return slices.Contains(s.Types, "string")
	case bool:
		return slices.Contains(s.Types, "boolean")
	case float64, float32, int, int64, int32, json.Number:
		return slices.Contains(s.Types, "number") || slices.Contains(s.Types, "integer")
	case map[string]any:
		return slices.Contains(s.Types, "object")
	case []any:
		return slices.Contains(s.Types, "array")
	}
	return true
}

// sessionOf is the same for all calls of a person to a package, and tells nothing about either.
func sessionOf(key, person string) string {
	sum := sha256.Sum256([]byte(key + "\x00" + person))
	return hex.EncodeToString(sum[:12])
}
