package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/miniapp"
	"github.com/bangwo/bangwo/internal/miniapp/check"
	"github.com/bangwo/bangwo/internal/sandbox"
	"github.com/bangwo/bangwo/internal/track"
	"github.com/bangwo/bangwo/internal/track/skill"
)

const skillHelp = `Skill looks into a WeChat or Alipay Skill package, a folder or a zip, without a data folder.

  bangwo skill list ./my-package
  bangwo skill check ./my-package
  bangwo skill call ./my-package drinks searchDrinks '{"keyword":"latte"}'
  bangwo skill call ./my-package drinks searchDrinks '{}' drinks createOrder '{"drinkId":"d1"}' --state state.json`

func newSkill(c *common) *cobra.Command {
	cmd := &cobra.Command{Use: "skill", Short: "List, check and call the skills of a package", Long: skillHelp,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }, Args: usage(cobra.NoArgs)}
	cmd.AddCommand(skillList(c), skillCheck(c), skillCall(c))
	return cmd
}

// skillView is a skill as list prints it.
type skillView struct {
	Skill       string    `json:"skill"`
	Description string    `json:"description"`
	APIs        []apiView `json:"apis"`
}

type apiView struct {
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Effect      catalog.Effect  `json:"effect"`
	EffectWhy   string          `json:"effect_why,omitempty"`
	Input       *catalog.Schema `json:"input"`
	Output      *catalog.Schema `json:"output,omitempty"`
}

func skillList(c *common) *cobra.Command {
	return &cobra.Command{Use: "list PACKAGE", Short: "List the skills of a package and what each api does", Example: "  bangwo skill list ./my-package", Args: usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			pkg, err := miniapp.Open(args[0])
			if err != nil {
				return err
			}
			conn, err := skill.New(nil, skill.NewMemoryStorage()).Open(cmd.Context(), catalog.Source{Track: catalog.TrackSkill, Path: args[0]})
			if err != nil {
				return err
			}
			defer conn.Close()
			views := skillViews(pkg, conn.Service())
			if c.json {
				return printJSON(cmd.OutOrStdout(), map[string]any{"name": pkg.Name, "dialect": pkg.Dialect, "skills": views})
			}
			rows := [][]string{{"SKILL", "API", "EFFECT", "DESCRIPTION"}}
			for _, v := range views {
				for _, a := range v.APIs {
					rows = append(rows, []string{v.Skill, a.Name, string(a.Effect), shorten(a.Description)})
				}
			}
			return printTable(cmd.OutOrStdout(), rows...)
		}}
}

func skillViews(pkg *miniapp.Package, svc catalog.Service) []skillView {
	out := []skillView{}
	for _, s := range pkg.Skills {
		v := skillView{Skill: s.Name, Description: s.Description, APIs: []apiView{}}
		for _, c := range svc.Capabilities {
			if c.Skill == s.Name {
				v.APIs = append(v.APIs, apiView{Name: c.Name, Description: c.Description, Effect: c.Effect, EffectWhy: c.EffectWhy, Input: c.Input, Output: c.Output})
			}
		}
		out = append(out, v)
	}
	return out
}

// shorten keeps a table's row on one line.
func shorten(s string) string {
	const most = 60
	r := []rune(plain(s))
	if len(r) <= most {
		return string(r)
	}
	return string(r[:most-1]) + "…"
}

func skillCheck(c *common) *cobra.Command {
	return &cobra.Command{Use: "check PACKAGE", Short: "Check a package as the platforms do; exit code 1 when there are errors", Example: "  bangwo skill check ./my-package\n  bangwo skill check --json ./my-package", Args: usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			pkg, err := miniapp.Open(args[0])
			if err != nil {
				return err
			}
			pool, err := sandbox.NewPool(sandbox.Options{Fresh: 1})
			if err != nil {
				return err
			}
			defer pool.Close()
			findings, err := check.Apart(cmd.Context(), pool, pkg)
			if err != nil {
				return err
			}
			if c.json {
				err = printJSON(cmd.OutOrStdout(), append([]check.Finding{}, findings...))
			} else {
				err = check.WriteText(cmd.OutOrStdout(), findings)
			}
			if err == nil && check.Errors(findings) > 0 {
				err = exit(exitFailed)
			}
			return err
		}}
}

// calling are the flags of skill call.
type calling struct {
	state   string
	storage []string
	allow   []string
	private bool
	person  string
	grant   []string
}

const callHelp = `Call runs apis of a package one after another in the sandbox and prints each result as JSON, one document per call.
Storage is kept from call to call, and in the file of --state from one command to the next.

  bangwo skill call ./my-package drinks searchDrinks '{"keyword":"latte"}' --state state.json

What an api asks of the person is refused, unless --grant names it: payment, address, phone, login, location, profile.
A granted door answers with values made for trying out; nothing is ever paid.`

func skillCall(c *common) *cobra.Command {
	a := &calling{}
	cmd := &cobra.Command{Use: "call PACKAGE SKILL API [JSON] [SKILL API JSON]…", Short: "Run apis of a package", Long: callHelp,
		Args: usage(cobra.MinimumNArgs(3)),
		RunE: func(cmd *cobra.Command, args []string) error { return a.run(cmd, args) }}
	f := cmd.Flags()
	f.StringVar(&a.state, "state", "", "`file` that keeps the package's storage")
	f.StringArrayVar(&a.storage, "storage", nil, "preset `key=value` of the package's storage")
	f.StringArrayVar(&a.allow, "allow", nil, "`domain` the code may reach, on the default port unless it names one")
	f.BoolVar(&a.private, "private", false, "it may reach private addresses among --allow")
	f.StringVar(&a.person, "person", "someone", "`id` of the person whose storage is used")
	f.StringArrayVar(&a.grant, "grant", nil, "a `door` that is opened when asked for")
	_ = c
	return cmd
}

func (a *calling) run(cmd *cobra.Command, args []string) error {
	calls, err := readCalls(args[1:])
	if err != nil {
		return err
	}
	src := catalog.Source{Track: catalog.TrackSkill, Path: args[0], Allow: a.allow, Private: a.private}
	if src.Storage, err = presets(a.storage); err != nil {
		return err
	}
	conn, done, err := a.open(cmd.Context(), src)
	if err != nil {
		return err
	}
	defer done()
	code := exitDone
	for i, call := range calls {
		call.ID, call.Person, call.Doors = fmt.Sprintf("cli/%d", i+1), a.person, granted(a.grant)
		result, err := conn.Call(cmd.Context(), call)
		if err != nil {
			return err
		}
		if result.IsError {
			code = exitFailed
		}
		if err := printJSON(cmd.OutOrStdout(), result); err != nil {
			return err
		}
	}
	if code != exitDone {
		return exit(code)
	}
	return nil
}

// open loads the package into a pool of its own.
func (a *calling) open(ctx context.Context, src catalog.Source) (track.Connection, func(), error) {
	var kept track.Storage = skill.NewMemoryStorage()
	if a.state != "" {
		file, err := skill.NewFileStorage(a.state)
		if err != nil {
			return nil, nil, err
		}
		kept = file
	}
	pool, err := sandbox.NewPool(sandbox.Options{Fresh: 1})
	if err != nil {
		return nil, nil, err
	}
	conn, err := skill.New(pool, kept).Open(ctx, src)
	if err != nil {
		pool.Close()
		return nil, nil, err
	}
	return conn, func() { _ = conn.Close(); pool.Close() }, nil
}

// readCalls takes SKILL API JSON triples; the last may leave out its JSON.
func readCalls(args []string) ([]track.Call, error) {
	var out []track.Call
	for len(args) > 0 {
		if len(args) < 2 {
			return nil, usageError{fmt.Errorf("%q names a skill without an api", args[0])}
		}
		call := track.Call{Skill: args[0], Capability: args[1], Args: map[string]any{}}
		args = args[2:]
		if len(args) > 0 && strings.HasPrefix(strings.TrimSpace(args[0]), "{") {
			if err := json.Unmarshal([]byte(args[0]), &call.Args); err != nil {
				return nil, usageError{fmt.Errorf("arguments of %s: %w", call.Capability, err)}
			}
			args = args[1:]
		}
		out = append(out, call)
	}
	return out, nil
}

// granted opens the doors that were named, with values made for trying out, and refuses all others.
type granted []string

// Open answers one request.
func (g granted) Open(_ context.Context, r track.DoorRequest) track.DoorAnswer {
	values := map[track.DoorKind]map[string]any{
		track.DoorPayment: {}, track.DoorAddress: {"name": "Trial", "phone": "13800000000", "detail": "1 Trial Road"},
		track.DoorPhone: {"phone": "13800000000"}, track.DoorLogin: {"code": "trial"},
		track.DoorLocation: {"latitude": 31.2304, "longitude": 121.4737}, track.DoorProfile: {"name": "Trial"},
	}
	for _, name := range g {
		if value, ok := values[r.Kind]; ok && string(r.Kind) == name {
			return track.DoorAnswer{Granted: true, Value: value}
		}
	}
	return track.DoorAnswer{Reason: string(fault.Denied)}
}
