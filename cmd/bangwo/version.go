package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/dictionary"
)

func newVersion(c *common) *cobra.Command {
	notices := false
	cmd := &cobra.Command{Use: "version", Short: "Print the version, or the notices of data in the binary", Example: "  bangwo version --json\n  bangwo version --notices",
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			out := cmd.OutOrStdout()
			switch {
			case notices && c.json:
				return printJSON(out, map[string]string{"notices": dictionary.Notice()})
			case notices:
				fmt.Fprint(out, dictionary.Notice())
			case c.json:
				return printJSON(out, map[string]string{"version": version, "commit": commit(), "go": runtime.Version()})
			default:
				fmt.Fprintln(out, "bangwo", version, commit())
			}
			return nil
		}}
	cmd.Flags().BoolVar(&notices, "notices", false, "print what is due to the makers of data in the binary, and its licence")
	return cmd
}

// commit is what the binary was built from, where the build noted it.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value[:min(12, len(s.Value))]
		}
	}
	return ""
}
