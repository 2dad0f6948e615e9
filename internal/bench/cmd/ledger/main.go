// Command ledger prints how many durable transfers per second the ledger makes on this machine, beside pgbench.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/pprof"

	"github.com/bangwo/bangwo/internal/bench"
)

func main() {
	seconds := flag.Int("seconds", 3, "length of each measurement")
	accounts := flag.Int("accounts", 10_000, "accounts among which money moves")
	profile := flag.String("cpuprofile", "", "file for a profile of the run")
	flag.Parse()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		defer pprof.StopCPUProfile()
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bench.Ledger(ctx, os.Stdout, bench.LedgerOptions{Seconds: *seconds, Accounts: *accounts}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
