package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/assist/exposure"
	"github.com/bangwo/bangwo/internal/i18n"
)

const exposuresHelp = `Exposures tells which services were put up for what people asked: at which rank among all that fit, by which words, and what
came of each. Services are ranked by their own words and nothing else; how one is reached (its track) is no part of it.

  bangwo exposures --data ./data                     the newest first
  bangwo exposures --data ./data --turn ID --json    all of one turn, by goal and rank
  bangwo exposures --data ./data --service ID        those of one service`

func newExposures(c *common) *cobra.Command {
	cfg, q, lang := app.Defaults(), exposure.Query{}, i18n.English
	cmd := &cobra.Command{Use: "exposures", Short: "Tell why services stood where they stood", Long: exposuresHelp, Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return onData(cmd, c, cfg, func(ctx context.Context, a *app.App) error {
				page, err := a.Exposures().List(ctx, q)
				if err != nil {
					return err
				}
				if c.json {
					return printJSON(cmd.OutOrStdout(), page)
				}
				rows := [][]string{{"TURN", "GOAL", "WORDS", "RANK", "SERVICE", "WHY"}}
				for _, r := range page.Exposures {
					rows = append(rows, []string{r.Turn, r.Goal, r.Words, fmt.Sprint(r.Rank), r.Service, r.Tell(lang)})
				}
				if err := printTable(cmd.OutOrStdout(), rows...); err != nil || page.Next == "" {
					return err
				}
				_, err = fmt.Fprintf(cmd.ErrOrStderr(), "more: --after %s\n", page.Next)
				return err
			})
		}}
	c.platform(cmd, &cfg)
	f := cmd.Flags()
	f.StringVar(&q.Turn, "turn", "", "those of one turn, by its `id`")
	f.StringVar(&q.Service, "service", "", "those of one service, by its `id`")
	f.StringVar(&q.After, "after", "", "go on after this `cursor`")
	f.IntVar(&q.Limit, "limit", 50, fmt.Sprintf("at most so many, up to %d", exposure.MaxList))
	f.StringVar(&lang, "lang", lang, "`language` of the reasons: zh or en")
	return cmd
}
