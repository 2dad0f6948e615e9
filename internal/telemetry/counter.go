package telemetry

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
)

// Counter adds up amounts by two labels. The zero value with names is ready.
type Counter struct {
	Name, Help string
	Labels     [2]string

	mu   sync.Mutex
	sums map[[2]string]int64
}

// Add adds n, which is not negative.
func (c *Counter) Add(first, second string, n int64) {
	if n <= 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sums == nil {
		c.sums = map[[2]string]int64{}
	}
	key := [2]string{first, second}
	if _, known := c.sums[key]; !known && len(c.sums) >= maxSeries {
		key[0] = "other"
	}
	c.sums[key] += n
}

// Write prints the counter in the Prometheus text format.
func (c *Counter) Write(w io.Writer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintf(w, "# HELP %s_total %s\n# TYPE %s_total counter\n", c.Name, c.Help, c.Name)
	keys := slices.SortedFunc(maps.Keys(c.sums), func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for _, k := range keys {
		fmt.Fprintf(w, "%s_total{%s=%q,%s=%q} %d\n", c.Name, c.Labels[0], k[0], c.Labels[1], k[1], c.sums[k])
	}
}
