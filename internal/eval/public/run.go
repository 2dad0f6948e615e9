package public

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
)

// fixedNow is when the sentences are said.
var fixedNow = time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("", 8*3600))

// maxMisses bounds the misses that a result keeps.
const maxMisses = 2000

// Result is how one part of a set came out.
type Result struct {
	Set    string  `json:"set"`
	Part   string  `json:"part"`
	Metric string  `json:"metric"`
	Right  int     `json:"right"`
	All    int     `json:"all"`
	Share  float64 `json:"share"`
	Note   string  `json:"note,omitempty"`
	Misses []Miss  `json:"misses,omitempty"`
}

// Miss is a case that came out wrong.
type Miss struct {
	Text string `json:"text"`
	Want string `json:"want"`
	Got  string `json:"got"`
}

func (r *Result) count(right bool, m Miss) {
	r.All++
	if right {
		r.Right++
	} else if len(r.Misses) < maxMisses {
		r.Misses = append(r.Misses, m)
	}
	r.Share = 100 * float64(r.Right) / float64(r.All)
}

// set finds the folders in which a set lies below a folder, and measures it there.
type set struct {
	name string
	mark string // a path inside the set's folder that only it has; may hold *
	run  func(ctx context.Context, dir string) ([]Result, error)
}

func sets() []set {
	return []set{
		{"food", "data/*/schema.json", runFood},
		{"intents", "data/data_full.json", runIntents},
		{"acts", "data/crosswoz/test.json.zip", runActs},
	}
}

// Names are the names of the sets that can be read.
func Names() []string {
	var out []string
	for _, s := range sets() {
		out = append(out, s.name)
	}
	return out
}

// Run measures every set that lies in dir or in a folder of dir; only names the sets to measure, all when it is empty.
// Faults: not_found (none lies there), invalid (a set cannot be read).
func Run(ctx context.Context, dir string, only []string) ([]Result, error) {
	var out []Result
	for _, s := range sets() {
		if len(only) > 0 && !slices.Contains(only, s.name) {
			continue
		}
		for _, at := range s.below(dir) {
			rs, err := s.run(ctx, at)
			if err != nil {
				return nil, err
			}
			out = append(out, rs...)
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.NotFound, "no public set lies in %s: bring one there as docs/evaluation.md says", dir)
	}
	return out, nil
}

func (s set) below(dir string) []string {
	var out []string
	for _, pattern := range []string{"", "*"} {
		at, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, d := range at {
			if found, _ := filepath.Glob(filepath.Join(d, s.mark)); len(found) > 0 && !slices.Contains(out, d) {
				out = append(out, d)
			}
		}
	}
	return out
}

// runFood measures the shops whose sentences may be looked at: the others of the set are kept for acceptance.
func runFood(ctx context.Context, dir string) ([]Result, error) {
	var out []Result
	for _, name := range []string{"coffee", "burger"} {
		s, err := readShop(filepath.Join(dir, "data", name))
		if err != nil {
			return nil, err
		}
		r, err := runShop(ctx, s)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

func readJSON(path string, v any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return fault.New(fault.NotFound, "%s cannot be read: %w", path, err)
	}
	if err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), v); err != nil {
		return fault.New(fault.Invalid, "%s is not the JSON that the set should have: %w", path, err)
	}
	return nil
}

// WriteText writes results as a table, with the misses where they are asked for.
func WriteText(w io.Writer, rs []Result, misses bool) error {
	for _, r := range rs {
		if _, err := fmt.Fprintf(w, "%-16s %-28s %6.1f %%  (%d/%d)  %s %s\n", r.Set, r.Part, r.Share, r.Right, r.All, r.Metric, r.Note); err != nil {
			return err
		}
		for _, m := range r.Misses {
			if !misses {
				break
			}
			if _, err := fmt.Fprintf(w, "  %s\n    want %s\n    got  %s\n", m.Text, m.Want, m.Got); err != nil {
				return err
			}
		}
	}
	return nil
}
