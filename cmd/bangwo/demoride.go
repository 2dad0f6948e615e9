package main

import (
	"context"
	"errors"
	"os"
	"strconv"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/examples"
	"github.com/bangwo/bangwo/examples/ride/service"
)

// newDemoRide is the demo ride merchant; the platform starts it with --demo, people never call it.
func newDemoRide() *cobra.Command {
	return &cobra.Command{Use: examples.RideCommand + " [FILE]", Hidden: true, Short: "The demo ride merchant, an MCP server on standard input and output",
		Args:              usage(cobra.MaximumNArgs(1)),
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil }, // it has no settings but its own
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg := service.Config{Die: func() { os.Exit(exitOpen) }}
			if len(args) > 0 {
				cfg.File = args[0]
			}
			faults, err := service.ParseFaults(os.Getenv("RIDE_FAULT"))
			if err != nil {
				return usageError{err}
			}
			cfg.Faults = faults
			// What is not a number switches nothing on.
			cfg.Surge, _ = strconv.ParseFloat(os.Getenv("RIDE_SURGE"), 64)
			cfg.Slow, _ = time.ParseDuration(os.Getenv("RIDE_SLOW"))
			ride, err := service.New(cfg)
			if err != nil {
				return err
			}
			server, err := ride.Server()
			if err != nil {
				return err
			}
			err = server.Run(cmd.Context(), ride.Transport(&sdk.StdioTransport{}))
			if errors.Is(err, context.Canceled) {
				return nil
			}
			return err
		}}
}
