// Package skill is the track of WeChat and Alipay Skill packages: it describes a package's apis as
// capabilities and runs their handlers in the sandbox, with the platform's api object beside them. What
// asks the person or the platform goes through the call's Doors and is refused by default; requests go only
// to the service's own domains; storage is kept per person and service.
//
// Calls of one person to one service run one after another; different persons' calls run side by side.
package skill

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/miniapp"
	"github.com/bangwo/bangwo/internal/money"
	"github.com/bangwo/bangwo/internal/sandbox"
	"github.com/bangwo/bangwo/internal/track"
)

// Driver opens Skill packages. Safe for concurrent use.
type Driver struct {
	pool    *sandbox.Pool
	storage track.Storage
	turns   *turns
	clock   Clock
	scripts *scripts
}

var _ track.Driver = (*Driver)(nil)

// New makes a driver that compiles and runs handlers in pool and keeps their storage in storage. The pool stays the
// caller's to close; without one, packages can be described but not called.
func New(pool *sandbox.Pool, storage track.Storage) *Driver {
	return &Driver{pool: pool, storage: storage, turns: newTurns(), scripts: newScripts(pool)}
}

// WithClock makes handlers see another time than the real one; it returns the driver.
func (d *Driver) WithClock(c Clock) *Driver { d.clock = c; return d }

// Track is skill.
func (d *Driver) Track() catalog.Track { return catalog.TrackSkill }

// Open loads the package at src.Path. Faults: invalid, limit, not_found.
func (d *Driver) Open(ctx context.Context, src catalog.Source) (track.Connection, error) {
	if err := ctx.Err(); err != nil {
		return nil, fault.New(fault.Cancelled, "open %s: %w", src.Path, err)
	}
	pkg, err := miniapp.Open(src.Path)
	if err != nil {
		return nil, err
	}
	if len(pkg.Skills) == 0 {
		return nil, fault.New(fault.Invalid, "%s declares no skill", src.Path).WithHint("app.json: agent.skills names the folders of skills")
	}
	src.Track, src.Hash = catalog.TrackSkill, pkg.Hash
	c := &Connection{driver: d, pkg: pkg, key: sourceKey(src.Path), service: describe(pkg, src), fetch: newFetcher(src, pkg.Domains, pkg.Dialect)}
	if d.pool == nil {
		return c, nil
	}
	session := &session{scripts: d.scripts}
	if c.bundles, err = session.compileAll(ctx, pkg); err != nil {
		return nil, err
	}
	return c, nil
}

// sourceKey names a package's storage where the caller names no service.
func sourceKey(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	sum := sha256.Sum256([]byte(path))
	return "source:" + hex.EncodeToString(sum[:8])
}

func describe(pkg *miniapp.Package, src catalog.Source) catalog.Service {
	s := catalog.Service{Name: pkg.Name, Currency: money.CNY, Source: src}
	var about, rules []string
	if pkg.App.Agent.Text != "" {
		rules = append(rules, pkg.App.Agent.Text)
	}
	for i := range pkg.Skills {
		sk := &pkg.Skills[i]
		about = append(about, sk.Description)
		rules = append(rules, sk.Instruction)
		s.Capabilities = append(s.Capabilities, capabilities(sk)...)
		s.Skills = append(s.Skills, catalog.Skill{Name: sk.Name, Description: clip(sk.Description), Instruction: clip(sk.Instruction)})
	}
	if len(s.Capabilities) > catalog.MaxCapabilities {
		s.Capabilities = s.Capabilities[:catalog.MaxCapabilities]
	}
	s.Description = clip(strings.Join(about, "\n"))
	s.Instruction = clip(strings.Join(rules, "\n\n"))
	if len(s.Skills) < 2 {
		s.Skills = nil // the service is its one skill
	}
	return s
}

func capabilities(sk *miniapp.Skill) []catalog.Capability {
	names := make([]string, len(sk.APIs))
	for i, a := range sk.APIs {
		names[i] = a.Name
	}
	var out []catalog.Capability
	for _, a := range sk.APIs {
		c := catalog.Capability{Skill: sk.Name, Name: a.Name, Description: clip(a.Description), Input: a.Input, Output: a.Output,
			Page: a.PagePath, Triggers: sk.Triggers}
		if c.Input == nil {
			c.Input, _ = catalog.ParseSchema(nil)
		}
		c.Effect, c.EffectWhy = catalog.ClassifyEffect(a.Name, a.Description, a.Output, a.PagePath != "",
			catalog.EffectHints{Undo: catalog.HasUndo(a.Name, names)})
		out = append(out, c)
	}
	catalog.WeighTogether(out)
	return out
}

func clip(s string) string {
	if len(s) <= catalog.MaxText {
		return s
	}
	return strings.ToValidUTF8(s[:catalog.MaxText], "")
}
