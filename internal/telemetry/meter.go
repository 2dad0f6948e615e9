package telemetry

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

// maxSeries bounds the label values of one meter; what comes after them counts as "other".
const maxSeries = 500

// buckets are the upper ends of a meter's durations, in seconds.
var buckets = []float64{.005, .025, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}

// Meter counts how often something happened, how long it took and what came of it, by one label. The zero value with names is
// ready.
type Meter struct {
	Name, Help, Label string

	mu     sync.Mutex
	series map[string]*series
}

type series struct {
	counts   []int64 // by bucket, the last beyond all
	seconds  float64
	outcomes map[string]int64 // fault code, or "ok"
}

// Note counts one. Outcome is a fault code, or "" for success.
func (m *Meter) Note(label, outcome string, took time.Duration) {
	if outcome == "" {
		outcome = "ok"
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.series == nil {
		m.series = map[string]*series{}
	}
	s := m.series[label]
	if s == nil && len(m.series) >= maxSeries {
		label = "other"
		s = m.series[label]
	}
	if s == nil {
		s = &series{counts: make([]int64, len(buckets)+1), outcomes: map[string]int64{}}
		m.series[label] = s
	}
	at, _ := slices.BinarySearch(buckets, took.Seconds())
	s.counts[at]++
	s.seconds += took.Seconds()
	s.outcomes[outcome]++
}

// Write prints the meter in the Prometheus text format.
func (m *Meter) Write(w io.Writer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	labels := make([]string, 0, len(m.series))
	for l := range m.series {
		labels = append(labels, l)
	}
	slices.Sort(labels)
	fmt.Fprintf(w, "# HELP %s_total %s\n# TYPE %s_total counter\n", m.Name, m.Help, m.Name)
	for _, l := range labels {
		outcomes := m.series[l].outcomes
		names := make([]string, 0, len(outcomes))
		for o := range outcomes {
			names = append(names, o)
		}
		slices.Sort(names)
		for _, o := range names {
			fmt.Fprintf(w, "%s_total{%s=%q,outcome=%q} %d\n", m.Name, m.Label, l, o, outcomes[o])
		}
	}
	fmt.Fprintf(w, "# HELP %s_seconds How long it took.\n# TYPE %s_seconds histogram\n", m.Name, m.Name)
	for _, l := range labels {
		s, sum := m.series[l], int64(0)
		for i, n := range s.counts {
			sum += n
			end := "+Inf"
			if i < len(buckets) {
				end = fmt.Sprint(buckets[i])
			}
			fmt.Fprintf(w, "%s_seconds_bucket{%s=%q,le=%q} %d\n", m.Name, m.Label, l, end, sum)
		}
		fmt.Fprintf(w, "%s_seconds_sum{%s=%q} %g\n%s_seconds_count{%s=%q} %d\n", m.Name, m.Label, l, s.seconds, m.Name, m.Label, l, sum)
	}
}
