package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/identity"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/money"
)

const personHelp = `Person keeps the people of a data folder and gives them tokens, with which programs and "bangwo ask --token"
call a server.

  bangwo person add --data ./data --name "Zhang San" --phone 13900002222
  bangwo person token --data ./data p_…
  bangwo person topup --data ./data p_… 200 --key 2026-11-24/1`

// onData opens the platform on the data folder of the flags for one command.
func onData(cmd *cobra.Command, c *common, cfg app.Config, do func(context.Context, *app.App) error) error {
	cfg.Log, cfg.Version, cfg.Passive = c.logger(cmd.ErrOrStderr()), version, true
	a, err := app.New(cmd.Context(), cfg)
	if err != nil {
		return err
	}
	err = do(cmd.Context(), a)
	if closed := a.Close(); err == nil {
		err = closed
	}
	return err
}

func newPerson(c *common) *cobra.Command {
	cfg := app.Defaults()
	cmd := &cobra.Command{Use: "person", Short: "Keep people and give them tokens", Long: personHelp,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }, Args: usage(cobra.NoArgs)}
	cmd.AddCommand(personAdd(c, &cfg), personList(c, &cfg), personToken(c, &cfg), personTopUp(c, &cfg))
	for _, sub := range cmd.Commands() {
		c.platform(sub, &cfg)
	}
	return cmd
}

func personAdd(c *common, cfg *app.Config) *cobra.Command {
	var p identity.Person
	cmd := &cobra.Command{Use: "add", Short: "Add a person", Example: "  bangwo person add --data ./data --name \"Zhang San\" --phone 13900002222", Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onData(cmd, c, *cfg, func(ctx context.Context, a *app.App) error {
				made, err := a.AddPerson(ctx, p)
				if err != nil {
					return err
				}
				return say(cmd.OutOrStdout(), c, made, made.ID)
			})
		}}
	cmd.Flags().StringVar(&p.ID, "id", "", "the `id`; left out, one is made")
	cmd.Flags().StringVar(&p.Name, "name", "", "the person's `name`")
	cmd.Flags().StringVar(&p.Lang, "lang", "", "zh or en")
	cmd.Flags().StringVar(&p.Profile.Phone, "phone", "", "telephone `number`")
	return cmd
}

func personList(c *common, cfg *app.Config) *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List the people", Example: "  bangwo person list --data ./data", Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onData(cmd, c, *cfg, func(ctx context.Context, a *app.App) error {
				people, err := a.People().People(ctx)
				if err != nil {
					return err
				}
				if c.json {
					return printJSON(cmd.OutOrStdout(), people)
				}
				rows := [][]string{{"ID", "NAME", "BALANCE"}}
				for _, p := range people {
					b, err := a.Ledger().Balance(ctx, identity.AccountOf(p.ID))
					if err != nil {
						b = ledger.Balance{Currency: money.CNY}
					}
					rows = append(rows, []string{p.ID, p.Name, money.Of(b.Available(), b.Currency).String()})
				}
				return printTable(cmd.OutOrStdout(), rows...)
			})
		}}
}

func personToken(c *common, cfg *app.Config) *cobra.Command {
	return &cobra.Command{Use: "token ID", Short: "Give a person a token; it is shown once", Example: "  BANGWO_TOKEN=$(bangwo person token --data ./data p_…) bangwo ask \"三杯低糖拿铁\"", Args: usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return onData(cmd, c, *cfg, func(ctx context.Context, a *app.App) error {
				token, expires, err := a.People().SignIn(ctx, args[0])
				if err != nil {
					return err
				}
				return say(cmd.OutOrStdout(), c, map[string]any{"token": token, "expires": expires}, token)
			})
		}}
}

func personTopUp(c *common, cfg *app.Config) *cobra.Command {
	var key string
	cmd := &cobra.Command{Use: "topup ID YUAN", Short: "Put money into a person's wallet, once per --key", Example: "  bangwo person topup --data ./data p_… 200 --key receipt-17", Args: usage(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			amount, err := money.Parse(args[1], money.CNY)
			if err != nil || amount.IsZero() {
				return usageError{fmt.Errorf("%q is not an amount of yuan", args[1])}
			}
			if key == "" {
				return usageError{fmt.Errorf("--key names this payment, so that doing it twice pays once")}
			}
			return onData(cmd, c, *cfg, func(ctx context.Context, a *app.App) error {
				if err := a.TopUp(ctx, args[0], "top-up/"+args[0]+"/"+key, amount); err != nil {
					return err
				}
				return say(cmd.OutOrStdout(), c, map[string]any{"person": args[0], "amount": amount.Minor, "currency": amount.Currency}, amount.String())
			})
		}}
	cmd.Flags().StringVar(&key, "key", "", "the payment's own `name`, such as a receipt's number")
	return cmd
}

// say prints a value for programs, or a line for people.
func say(w io.Writer, c *common, v any, line string) error {
	if c.json {
		return printJSON(w, v)
	}
	_, err := fmt.Fprintln(w, plain(line))
	return err
}
