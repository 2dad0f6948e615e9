package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/eval/public"
)

const evalPublicHelp = `Public measures the embedded engine on public sets that lie in a folder: it finds each by its layout, in the folder
itself or in a folder of it. No set comes with Bangwo; docs/evaluation.md tells where they are and how they came out.

Examples:
  bangwo eval public sets                      every set in ./sets
  bangwo eval public sets --only food --failed one set, with what came out wrong`

func newEvalPublic(c *common) *cobra.Command {
	var only []string
	var failed bool
	cmd := &cobra.Command{Use: "public DIR", Short: "Measure on public sets that lie in a folder", Long: evalPublicHelp, Args: usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			rs, err := public.Run(cmd.Context(), args[0], only)
			if err != nil {
				return err
			}
			if c.json {
				for i := range rs {
					if !failed {
						rs[i].Misses = nil
					}
				}
				return printJSON(cmd.OutOrStdout(), rs)
			}
			return public.WriteText(cmd.OutOrStdout(), rs, failed)
		}}
	names := slices.Clone(public.Names())
	cmd.Flags().StringSliceVar(&only, "only", nil, "only these `sets`: "+strings.Join(names, ", "))
	cmd.Flags().BoolVar(&failed, "failed", false, "print what came out wrong")
	return cmd
}
