package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
)

const ledgerHelp = `Ledger looks after the books of a data folder or a database.

  bangwo ledger verify --data ./data
  bangwo ledger verify --db postgres://… --json

Verify replays every entry since the first: each currency sums to zero, no account was ever overdrawn, every link of the
hash chain and every hash of inputs fits, and the balances and holds that are stored are what the entries say. It reads
one snapshot, so it may run beside a server. It ends with exit code 1 and says what is wrong when the books are not whole.
The last link of the chain is printed: kept elsewhere, it proves later that history was not rewritten.`

func newLedger(c *common) *cobra.Command {
	cfg := app.Defaults()
	verify := &cobra.Command{Use: "verify", Short: "Prove the books", Long: ledgerHelp, Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onData(cmd, c, cfg, func(ctx context.Context, a *app.App) error { return verifyBooks(ctx, cmd, c, a.Ledger()) })
		}}
	c.platform(verify, &cfg)
	cmd := &cobra.Command{Use: "ledger", Short: "Look after the books", Long: ledgerHelp, Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(verify)
	return cmd
}

func verifyBooks(ctx context.Context, cmd *cobra.Command, c *common, l ledger.Ledger) error {
	auditor, ok := l.(ledger.Auditor)
	if !ok {
		return fault.New(fault.Internal, "this ledger cannot be audited")
	}
	audit, err := auditor.Audit(ctx)
	if err != nil {
		return err
	}
	return say(cmd.OutOrStdout(), c, audit, fmt.Sprintf("the books are whole: %d postings, %d entries, %d accounts, %d holds; chain %s",
		audit.Postings, audit.Entries, audit.Accounts, audit.Holds, audit.Chain))
}
