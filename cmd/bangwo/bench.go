package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
)

const benchHelp = `Bench measures how long it takes from a sentence to its confirmation card, on the demo merchants in a folder of its
own: the first time after a start, and then again and again. Nothing is confirmed.`

// benchSentences are said in turn.
var benchSentences = []string{
	"帮我叫辆车去机场，顺便在附近订三杯低糖拿铁",
	"Help me order a car to the airport and, by the way, reserve three low-sugar lattes nearby",
	"三杯低糖拿铁",
	"I need a ride to the airport",
}

// measured is one sentence's row, in milliseconds.
type measured struct {
	Sentence string  `json:"sentence"`
	Runs     int     `json:"runs"`
	First    float64 `json:"first_ms"`
	P50      float64 `json:"p50_ms"`
	P95      float64 `json:"p95_ms"`
}

func newBench(c *common) *cobra.Command {
	runs := 20
	cmd := &cobra.Command{Use: "bench", Short: "Measure from sentence to confirmation card", Example: "  bangwo bench --runs 50", Long: benchHelp, Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := os.MkdirTemp("", "bangwo-bench-")
			if err != nil {
				return err
			}
			defer os.RemoveAll(dir)
			cfg := app.Defaults()
			cfg.Data, cfg.Demo, cfg.Version, cfg.Log = dir, true, version, c.logger(cmd.ErrOrStderr())
			cfg.Now = clockFrom(benchNoon())
			door, err := openLocal(cmd.Context(), cfg, "")
			if err != nil {
				return err
			}
			defer door.close()
			return bench(cmd, c, door, runs)
		}}
	cmd.Flags().IntVar(&runs, "runs", runs, "how often each sentence is said")
	return cmd
}

// benchNoon is today's noon in Beijing, when the demo merchants are open.
func benchNoon() time.Time {
	now := time.Now().In(time.FixedZone("CST", 8*60*60))
	return time.Date(now.Year(), now.Month(), now.Day(), 12, 0, 0, 0, now.Location())
}

func bench(cmd *cobra.Command, c *common, door counter, runs int) error {
	var rows []measured
	for _, s := range benchSentences {
		var took []time.Duration
		for range max(runs, 1) {
			d, err := toCard(cmd.Context(), door, s)
			if err != nil {
				return err
			}
			took = append(took, d)
		}
		first := took[0]
		slices.Sort(took)
		rows = append(rows, measured{Sentence: s, Runs: len(took), First: ms(first), P50: ms(took[len(took)/2]), P95: ms(took[len(took)*95/100])})
	}
	if c.json {
		return printJSON(cmd.OutOrStdout(), rows)
	}
	table := [][]string{{"SENTENCE", "RUNS", "FIRST", "P50", "P95"}}
	for _, r := range rows {
		table = append(table, []string{r.Sentence, fmt.Sprint(r.Runs), fmt.Sprintf("%.0f ms", r.First), fmt.Sprintf("%.0f ms", r.P50), fmt.Sprintf("%.0f ms", r.P95)})
	}
	return printTable(cmd.OutOrStdout(), table...)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// toCard says a sentence, waits for its card and lets it go.
func toCard(ctx context.Context, door counter, sentence string) (time.Duration, error) {
	begun := time.Now()
	conversation, turn, err := door.say(ctx, saying{text: sentence})
	if err != nil {
		return 0, err
	}
	var took time.Duration
	for e, err := range door.events(ctx, conversation, 0) {
		if err != nil {
			return 0, err
		}
		switch e.Type {
		case assist.EventBundle:
			took = time.Since(begun)
			if err := door.cancel(ctx, turn); err != nil {
				return 0, err
			}
		case assist.EventQuestion:
			return 0, fault.New(fault.Internal, "%q ended in a question: %s", sentence, read[assist.Question](e).Text)
		case assist.EventDone:
			if took == 0 {
				return 0, fault.New(fault.Internal, "%q ended without a card: %s", sentence, read[assist.Done](e).Code)
			}
			return took, nil
		}
	}
	return 0, ctx.Err()
}
