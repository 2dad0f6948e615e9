package public

import (
	"archive/zip"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

// A set of dialogues is an archive of JSON: turns with their acts (what is done, of which kind of place, with which slot).

type dialogue struct {
	Messages []struct {
		Content string     `json:"content"`
		Role    string     `json:"role"`
		Acts    [][]string `json:"dialog_act"`
	} `json:"messages"`
}

// turn is what the person says, what was said before, and the acts.
type turn struct {
	text, before string
	acts         []string // act/domain/slot, each once
	domains      []string
}

// maxDialogues bounds the bytes of an archive's file.
const maxDialogues = 64 << 20

func readTurns(path string) ([]turn, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, fault.New(fault.NotFound, "the dialogues %s cannot be read: %w", path, err)
	}
	defer z.Close()
	if len(z.File) == 0 {
		return nil, fault.New(fault.Invalid, "the archive %s is empty", path)
	}
	f, err := z.File[0].Open()
	if err != nil {
		return nil, fault.New(fault.Invalid, "the archive %s cannot be opened: %w", path, err)
	}
	defer f.Close()
	var all map[string]dialogue
	if err := json.NewDecoder(io.LimitReader(f, maxDialogues)).Decode(&all); err != nil {
		return nil, fault.New(fault.Invalid, "the dialogues in %s are not the JSON that the set should have: %w", path, err)
	}
	var ids []string
	for id := range all {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var out []turn
	for _, id := range ids {
		out = append(out, turnsOf(all[id])...)
	}
	return out, nil
}

func turnsOf(d dialogue) []turn {
	var out []turn
	before := ""
	for _, m := range d.Messages {
		if m.Role == "usr" {
			t := turn{text: m.Content, before: before}
			for _, a := range m.Acts {
				if len(a) < 3 {
					continue
				}
				act := strings.Join(a[:3], "/")
				if !slices.Contains(t.acts, act) {
					t.acts = append(t.acts, act)
				}
				if a[0] != "General" && !slices.Contains(t.domains, a[1]) {
					t.domains = append(t.domains, a[1])
				}
			}
			out = append(out, t)
		}
		before = m.Content
	}
	return out
}

// runActs measures which kinds of places a turn asks for, with a service for each that knows its slots by name only; and the
// acts themselves with a classifier trained on the validation dialogues, since no others are there.
func runActs(ctx context.Context, dir string) ([]Result, error) {
	train, err := readTurns(filepath.Join(dir, "data", "crosswoz", "val.json.zip"))
	if err != nil {
		return nil, err
	}
	test, err := readTurns(filepath.Join(dir, "data", "crosswoz", "test.json.zip"))
	if err != nil {
		return nil, err
	}
	domains, err := judgeDomains(ctx, servicesOf(train), test)
	if err != nil {
		return nil, err
	}
	return append([]Result{domains}, judgeActs(train, test)...), nil
}

// servicesOf makes a service of each kind of place, with its slots as inputs.
func servicesOf(turns []turn) []catalog.Service {
	slots := map[string][]string{}
	var names []string
	for _, t := range turns {
		for _, a := range t.acts {
			p := strings.Split(a, "/")
			if p[0] == "General" || slices.Contains(slots[p[1]], p[2]) {
				continue
			}
			if len(slots[p[1]]) == 0 {
				names = append(names, p[1])
			}
			slots[p[1]] = append(slots[p[1]], p[2])
		}
	}
	slices.Sort(names)
	var out []catalog.Service
	for _, n := range names {
		o := object{props: map[string]any{}}
		for _, s := range slots[n] {
			o.add(s, map[string]any{"type": "string", "description": s})
		}
		in, _ := catalog.ParseSchema(catalog.MustJSON(o.schema()))
		d := "查找" + n + "，按" + strings.Join(slots[n], "、")
		out = append(out, catalog.Service{ID: n, Name: n, Description: d, Capabilities: []catalog.Capability{{Service: n, Name: "search", Description: d, Input: in, Effect: catalog.Read}}})
	}
	return out
}

func judgeDomains(ctx context.Context, services []catalog.Service, test []turn) (Result, error) {
	r := Result{Set: "CrossWOZ", Part: "kinds of places, engine", Metric: "all kinds of a turn right", Note: "(names of slots only)"}
	mind := understand.New()
	for _, t := range test {
		if len(t.domains) == 0 {
			continue
		}
		th, err := mind.Think(ctx, assist.Request{Text: t.text, Lang: "zh", Services: services, Now: fixedNow})
		if err != nil {
			return r, err
		}
		var got []string
		for _, g := range th.Goals {
			if g.Service != "" && !slices.Contains(got, g.Service) {
				got = append(got, g.Service)
			}
		}
		slices.Sort(got)
		want := slices.Sorted(slices.Values(t.domains))
		r.count(slices.Equal(got, want), Miss{Text: t.text, Want: strings.Join(want, " "), Got: strings.Join(got, " ")})
	}
	return r, nil
}

// judgeActs measures the acts of all turns, and those of turns with several.
func judgeActs(train, test []turn) []Result {
	var samples []sample
	for _, t := range train {
		samples = append(samples, sample{text: t.text, before: t.before, labels: t.acts})
	}
	m := trainLinear(samples, false)
	all := Result{Set: "CrossWOZ", Part: "acts, linear", Metric: "all acts of a turn right", Note: "(without values; trained on the validation dialogues)"}
	several := all
	several.Part = "acts, linear, several"
	right, said, wanted := 0, 0, 0
	for _, t := range test {
		var got []string
		for l, p := range m.probabilities(features(sample{text: t.text, before: t.before})) {
			if p >= 0.5 {
				got = append(got, m.labels[l])
			}
		}
		slices.Sort(got)
		want := slices.Sorted(slices.Values(t.acts))
		miss := Miss{Text: t.text, Want: strings.Join(want, " "), Got: strings.Join(got, " ")}
		all.count(slices.Equal(got, want), miss)
		if len(want) > 1 {
			several.count(slices.Equal(got, want), miss)
		}
		for _, a := range got {
			if slices.Contains(want, a) {
				right++
			}
		}
		said, wanted = said+len(got), wanted+len(want)
	}
	f1 := Result{Set: "CrossWOZ", Part: "acts, linear", Metric: "F1", Right: 2 * right, All: said + wanted, Note: all.Note}
	f1.Share = 100 * float64(f1.Right) / float64(max(f1.All, 1))
	return []Result{all, several, f1}
}
