// Command ledger prints how many durable transfers per second the ledger makes on this machine, beside pgbench.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/bangwo/bangwo/internal/bench"
)

func main() {
	seconds := flag.Int("seconds", 3, "length of each measurement")
	accounts := flag.Int("accounts", 10_000, "accounts among which money moves")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bench.Ledger(ctx, os.Stdout, bench.LedgerOptions{Seconds: *seconds, Accounts: *accounts}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
