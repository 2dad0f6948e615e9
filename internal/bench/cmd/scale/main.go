// Command scale measures how finding, understanding and planning keep up with the size of the catalogue, and prints a table.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/bangwo/bangwo/internal/bench/scale"
)

func main() {
	sizes := flag.String("sizes", "10,1000,10000,100000", "numbers of capabilities")
	million := flag.Bool("million", false, "1,000,000 too")
	seed := flag.Uint64("seed", 1, "of what is made up")
	sentences := flag.Int("sentences", 400, "sentences for each size")
	asJSON := flag.Bool("json", false, "print JSON")
	flag.Parse()
	if *million {
		*sizes += ",1000000"
	}
	if err := run(*sizes, *seed, *sentences, *asJSON); err != nil {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(1)
	}
}

func run(sizes string, seed uint64, sentences int, asJSON bool) error {
	var rows []scale.Row
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil || n < 1 || n > 2_000_000 {
			return fmt.Errorf("%q is no number of capabilities from 1 to 2,000,000", size)
		}
		row, err := scale.Measure(context.Background(), scale.OfCapabilities(n, seed), scale.Options{Sentences: sentences, Now: time.Now()})
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%d capabilities measured\n", row.Capabilities)
		rows = append(rows, row)
	}
	if asJSON {
		return json.NewEncoder(os.Stdout).Encode(rows)
	}
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "capabilities\tservices\tbuilt in\tmemory\tp50\tp95\tp95 processor\tof it finding\tright trade\trecall\tnamed found\tupdate p95\t")
	for _, r := range rows {
		fmt.Fprintf(t, "%d\t%d\t%.1f s\t%.1f MB\t%s\t%s\t%s\t%s\t%.1f %%\t%.1f %%\t%.1f %%\t%s\t\n", r.Capabilities, r.Services, r.Build.Seconds(), float64(r.Memory)/(1<<20),
			millis(r.P50), millis(r.P95), millis(r.Worked95), millis(r.Find95), 100*r.Right, 100*r.Recall, 100*r.Named, millis(r.Update))
	}
	return t.Flush()
}

func millis(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }
