package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

const serviceCallHelp = `Call runs one capability of a service and prints its result as JSON, outside of any errand: nothing is planned, confirmed
or paid. Its arguments are checked against its own schema first.

  bangwo service show --data ./data my-service                              what it offers, with schemas
  bangwo service call --data ./data my-service get_forecast '{"city":"Beijing"}'
  bangwo service call --data ./data --skill drinks my-shop searchDrinks '{"keyword":"latte"}'

What it asks of the person is refused, unless --grant names it: payment, address, phone, login, location, profile, or
--form answers an MCP server's question. Exit code 1 when the capability itself reports a failure.`

// trying are the flags of service call.
type trying struct {
	skill  string
	person string
	grant  []string
	form   string
}

func serviceCall(c *common, cfg *app.Config) *cobra.Command {
	t := &trying{}
	cmd := &cobra.Command{Use: "call ID CAPABILITY [JSON]", Short: "Run one capability of a service", Long: serviceCallHelp, Args: usage(cobra.RangeArgs(2, 3)),
		RunE: func(cmd *cobra.Command, args []string) error {
			call := track.Call{ID: "cli/" + rand.Text(), Skill: t.skill, Person: t.person, Capability: args[1], Args: map[string]any{}}
			if len(args) == 3 {
				if err := json.Unmarshal([]byte(args[2]), &call.Args); err != nil {
					return usageError{fmt.Errorf("the arguments are a JSON object: %w", err)}
				}
			}
			doors, err := t.doors()
			if err != nil {
				return err
			}
			call.Doors = doors
			call.Progress = func(fraction float64, text string) {
				fmt.Fprintf(cmd.ErrOrStderr(), "  … %.0f%% %s\n", 100*fraction, plain(text))
			}
			return onData(cmd, c, *cfg, func(ctx context.Context, a *app.App) error {
				result, err := a.Services().Call(ctx, args[0], call)
				if err != nil {
					return err
				}
				if err := printJSON(cmd.OutOrStdout(), result); err != nil {
					return err
				}
				if result.IsError {
					return exit(exitFailed)
				}
				return nil
			})
		}}
	f := cmd.Flags()
	f.StringVar(&t.skill, "skill", "", "the `skill`, where several have a capability of the name")
	f.StringVar(&t.person, "person", "someone", "`id` of the person whose storage is used")
	f.StringArrayVar(&t.grant, "grant", nil, "a `door` that is opened when asked for")
	f.StringVar(&t.form, "form", "", "`JSON` that answers a question of the server's")
	return cmd
}

// doors opens what was granted; a form is answered with what was given.
func (t *trying) doors() (track.Doors, error) {
	d := formDoors{granted: granted(t.grant)}
	if t.form != "" {
		if err := json.Unmarshal([]byte(t.form), &d.form); err != nil {
			return nil, usageError{fmt.Errorf("--form is a JSON object: %w", err)}
		}
	}
	return d, nil
}

type formDoors struct {
	granted
	form map[string]any
}

// Open answers one request.
func (d formDoors) Open(ctx context.Context, r track.DoorRequest) track.DoorAnswer {
	if r.Kind == track.DoorElicit && d.form != nil {
		return track.DoorAnswer{Granted: true, Value: d.form}
	}
	return d.granted.Open(ctx, r)
}

func serviceShow(c *common, cfg *app.Config) *cobra.Command {
	return &cobra.Command{Use: "show ID", Short: "Show what a service offers", Args: usage(cobra.ExactArgs(1)),
		Example: "  bangwo service show --data ./data my-service\n  bangwo service show --data ./data --json my-service      with schemas",
		RunE: func(cmd *cobra.Command, args []string) error {
			return onData(cmd, c, *cfg, func(ctx context.Context, a *app.App) error {
				svc, err := a.Services().Get(ctx, args[0])
				if err != nil {
					return err
				}
				if c.json {
					return printJSON(cmd.OutOrStdout(), append([]catalog.Capability{}, svc.Capabilities...))
				}
				rows := [][]string{{"CAPABILITY", "SKILL", "EFFECT", "WHY", "DESCRIPTION"}}
				for _, v := range svc.Capabilities {
					rows = append(rows, []string{v.Name, v.Skill, string(v.Effect), v.EffectWhy, shorten(v.Description)})
				}
				return printTable(cmd.OutOrStdout(), rows...)
			})
		}}
}
