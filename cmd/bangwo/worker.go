package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/sandbox"
)

// newWorker is how the platform starts the processes in which merchants' scripts run; people never call it.
func newWorker() *cobra.Command {
	return &cobra.Command{Use: "worker", Hidden: true, Short: "Run merchants' scripts over standard input and output", Args: usage(cobra.NoArgs),
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil }, // it has no settings
		RunE: func(*cobra.Command, []string) error {
			if code := sandbox.WorkerMain(os.Stdin, os.Stdout); code != 0 {
				return exit(code)
			}
			return nil
		}}
}
