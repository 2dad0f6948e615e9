package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/registry"
)

const serviceHelp = `Service brings merchants into a data folder. What is added so is a sandbox merchant: its orders need not be
registered with the platform, and they are marked as sandbox everywhere.

  bangwo service add --data ./data ./my-package                  a folder or zip that declares agent.skills in app.json
  bangwo service add --data ./data https://example.com/mcp       an MCP server by streamable HTTP
  bangwo service add --data ./data ./my-mcp-server               an MCP server on standard input and output
  bangwo service add --data ./data -- node server.js --port 0    the same, with arguments

--storage presets the package's own storage; a value is taken as JSON where it is JSON, else as text.
--allow lets the package's code reach a domain; --private also where it is a private address.

A server that wants a sign-in is signed in at on the way, when this is a terminal; else "bangwo service sign-in" is.`

// adding are the flags of service add.
type adding struct {
	storage []string
	env     []string
	allow   []string
	private bool
	opt     registry.AddOptions
	signing signing
}

func newService(c *common) *cobra.Command {
	cfg := app.Defaults()
	cmd := &cobra.Command{Use: "service", Short: "Bring merchants in", Long: serviceHelp,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }, Args: usage(cobra.NoArgs)}
	cmd.AddCommand(serviceAdd(c, &cfg), serviceList(c, &cfg), serviceShow(c, &cfg), serviceCall(c, &cfg), serviceRemove(c, &cfg),
		serviceSignIn(c, &cfg), serviceSignOut(c, &cfg))
	for _, sub := range cmd.Commands() {
		c.platform(sub, &cfg)
	}
	return cmd
}

func serviceAdd(c *common, cfg *app.Config) *cobra.Command {
	a := &adding{opt: registry.AddOptions{Sandbox: true}}
	cmd := &cobra.Command{Use: "add PATH-or-URL | -- COMMAND [ARG]…", Short: "Add a Skill package or an MCP server", Long: serviceHelp,
		Args: usage(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			src, err := a.source(args, cmd.ArgsLenAtDash() == 0)
			if err != nil {
				return err
			}
			return onData(cmd, c, *cfg, func(ctx context.Context, app *app.App) error {
				svc, err := app.Services().Add(ctx, src, a.opt)
				if wantsSignIn(err) && isTerminal(cmd.InOrStdin()) {
					if err := a.signing.run(ctx, cmd, app, src); err != nil {
						return err
					}
					svc, err = app.Services().Add(ctx, src, a.opt)
				}
				if err != nil {
					return err
				}
				return say(cmd.OutOrStdout(), c, svc, fmt.Sprintf("%s  %s  (%d capabilities, sandbox)", svc.ID, svc.Name, len(svc.Capabilities)))
			})
		}}
	f := cmd.Flags()
	f.StringArrayVar(&a.storage, "storage", nil, "preset `key=value` of the package's own storage")
	f.StringArrayVar(&a.env, "env", nil, "`NAME=value` in the environment of an MCP server that is started")
	f.StringArrayVar(&a.allow, "allow", nil, "`domain` its code may reach")
	f.BoolVar(&a.private, "private", false, "it may reach private addresses among --allow")
	f.StringVar(&a.opt.Name, "name", "", "the `name` for people")
	f.StringVar(&a.opt.ID, "id", "", "its `id`; left out, one is made from the name")
	f.StringVar(&a.opt.Currency, "currency", "", "of its prices where it states none (CNY)")
	a.signing.flags(cmd)
	return cmd
}

// source reads what kind of merchant is meant: an address, a package, or a program.
func (a *adding) source(args []string, command bool) (catalog.Source, error) {
	src := catalog.Source{Allow: a.allow, Private: a.private}
	var err error
	if src.Storage, err = presets(a.storage); err != nil {
		return src, err
	}
	if src.Env, err = environment(a.env); err != nil {
		return src, err
	}
	if command {
		return program(src, args)
	}
	if len(args) > 1 {
		return src, usageError{fmt.Errorf("one PATH or URL; a command with arguments stands after --")}
	}
	if strings.HasPrefix(args[0], "http://") || strings.HasPrefix(args[0], "https://") {
		src.Track, src.URL = catalog.TrackMCP, args[0]
		return src, nil
	}
	path, err := filepath.Abs(args[0])
	if err != nil {
		return src, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return src, fault.New(fault.Invalid, "%s: %w", args[0], err).With("field", "path")
	}
	if info.Mode().IsRegular() && info.Mode()&0o111 != 0 && !strings.HasSuffix(path, ".zip") {
		return program(src, []string{path})
	}
	src.Track, src.Path = catalog.TrackSkill, path
	return src, nil
}

func program(src catalog.Source, args []string) (catalog.Source, error) {
	path, err := exec.LookPath(args[0])
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		return src, fault.New(fault.Invalid, "%s is no program: %w", args[0], err).With("field", "path")
	}
	src.Track, src.Path, src.Args = catalog.TrackMCP, path, args[1:]
	return src, nil
}

// presets reads key=value; a value is JSON where it parses, else text.
func presets(pairs []string) (map[string]any, error) {
	var out map[string]any
	for _, p := range pairs {
		key, text, ok := strings.Cut(p, "=")
		if !ok || key == "" {
			return nil, usageError{fmt.Errorf("--storage is key=value, not %q", p)}
		}
		var value any = text
		var parsed any
		if json.Unmarshal([]byte(text), &parsed) == nil {
			value = parsed
		}
		if out == nil {
			out = map[string]any{}
		}
		out[key] = value
	}
	return out, nil
}

func environment(pairs []string) (map[string]string, error) {
	var out map[string]string
	for _, p := range pairs {
		key, value, ok := strings.Cut(p, "=")
		if !ok || key == "" {
			return nil, usageError{fmt.Errorf("--env is NAME=value, not %q", p)}
		}
		if out == nil {
			out = map[string]string{}
		}
		out[key] = value
	}
	return out, nil
}

func serviceList(c *common, cfg *app.Config) *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List the services", Example: "  bangwo service list --data ./data --json", Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onData(cmd, c, *cfg, func(ctx context.Context, a *app.App) error {
				list, err := a.Services().List(ctx)
				if err != nil {
					return err
				}
				if c.json {
					return printJSON(cmd.OutOrStdout(), append([]catalog.Service{}, list...))
				}
				rows := [][]string{{"ID", "NAME", "TRACK", "CAPABILITIES", "SANDBOX"}}
				for _, s := range list {
					rows = append(rows, []string{s.ID, s.Name, string(s.Source.Track), fmt.Sprint(len(s.Capabilities)), fmt.Sprint(s.Sandbox)})
				}
				return printTable(cmd.OutOrStdout(), rows...)
			})
		}}
}

func serviceRemove(c *common, cfg *app.Config) *cobra.Command {
	return &cobra.Command{Use: "remove ID", Short: "Remove a service", Example: "  bangwo service remove --data ./data my-service", Args: usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return onData(cmd, c, *cfg, func(ctx context.Context, a *app.App) error {
				if err := a.RemoveService(ctx, args[0]); err != nil {
					return err
				}
				return say(cmd.OutOrStdout(), c, map[string]string{"removed": args[0]}, "removed "+args[0])
			})
		}}
}
