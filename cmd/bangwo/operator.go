package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/app"
)

const operatorHelp = `Operator gives tokens to who runs the platform: with one, merchants' servers are brought in and signed in at over HTTP
(docs/http-api.md), and /metrics is read from elsewhere. A token is shown once, kept only as its hash, and ends after 90 days.

  bangwo operator token --data ./data --name ops
  bangwo operator revoke --data ./data --name ops           ends all tokens of that name`

func newOperator(c *common) *cobra.Command {
	cfg, name := app.Defaults(), "operator"
	cmd := &cobra.Command{Use: "operator", Short: "Give tokens to who runs the platform", Long: operatorHelp,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }, Args: usage(cobra.NoArgs)}
	token := &cobra.Command{Use: "token", Short: "Give a token; it is shown once", Args: usage(cobra.NoArgs), Example: "  bangwo operator token --data ./data --name ops",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onData(cmd, c, cfg, func(ctx context.Context, a *app.App) error {
				token, expires, err := a.People().IssueOperatorToken(ctx, name)
				if err != nil {
					return err
				}
				return say(cmd.OutOrStdout(), c, map[string]any{"token": token, "expires": expires}, token)
			})
		}}
	revoke := &cobra.Command{Use: "revoke", Short: "End all tokens of a name", Args: usage(cobra.NoArgs), Example: "  bangwo operator revoke --data ./data --name ops",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onData(cmd, c, cfg, func(ctx context.Context, a *app.App) error {
				if err := a.People().RevokeOperatorTokens(ctx, name); err != nil {
					return err
				}
				return say(cmd.OutOrStdout(), c, map[string]string{"revoked": name}, "revoked "+name)
			})
		}}
	cmd.AddCommand(token, revoke)
	for _, sub := range cmd.Commands() {
		c.platform(sub, &cfg)
		sub.Flags().StringVar(&name, "name", name, "the operator's `name`")
	}
	return cmd
}
