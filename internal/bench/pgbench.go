package bench

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/bangwo/bangwo/internal/store/pgtest"
)

// pgbenchScale makes 10 branches and a million accounts, so that rows are rarely contended at few clients.
const pgbenchScale = 10

// pgbenchConnections caps the server connections that pgbench opens: a server takes no thousand, and makes fewer
// transfers with more of them than this.
const pgbenchConnections = 64

// pgbenchPerSecond sizes its runs: by transactions and not by time, because on a busy machine opening the connections
// alone can take longer than a short run.
const pgbenchPerSecond = 1000

var tps = regexp.MustCompile(`tps = ([0-9.]+)`)

// pgbench measures PostgreSQL's own transfer benchmark (tpcb-like) in the same cluster.
func pgbench(ctx context.Context, cluster *pgtest.Cluster, o LedgerOptions) (line, error) {
	out := line{name: fmt.Sprintf("pgbench, tpcb-like, the same server, at most %d connections", pgbenchConnections)}
	program := "pgbench"
	if cluster.Bin != "" {
		program = filepath.Join(cluster.Bin, program)
	}
	url, err := cluster.Database(ctx)
	if err != nil {
		return out, err
	}
	if text, err := exec.CommandContext(ctx, program, "-i", "-q", "-s", strconv.Itoa(pgbenchScale), url).CombinedOutput(); err != nil {
		return out, fmt.Errorf("pgbench -i: %w: %s", err, text)
	}
	for _, clients := range o.Clients {
		clients = min(clients, pgbenchConnections)
		text, err := exec.CommandContext(ctx, program, "-n", "-M", "prepared", "-c", strconv.Itoa(clients), "-j", "2",
			"-t", strconv.Itoa(max(1, o.Seconds*pgbenchPerSecond/clients)), url).CombinedOutput()
		if err != nil {
			return out, fmt.Errorf("pgbench: %w: %s", err, text)
		}
		m := tps.FindSubmatch(text)
		if m == nil {
			return out, fmt.Errorf("pgbench said no tps: %s", text)
		}
		perSecond, err := strconv.ParseFloat(string(m[1]), 64)
		if err != nil {
			return out, err
		}
		out.results = append(out.results, result{perSecond: perSecond})
	}
	return out, nil
}
