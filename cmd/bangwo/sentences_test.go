package main

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sentence is a line of examples/sentences.jsonl: what a person says, and in which orders it must end.
type sentence struct {
	Text   string `json:"text"`
	Expect struct {
		Outcome  string `json:"outcome"`
		Question string `json:"question"`
		Orders   []struct {
			Service string `json:"service"`
			Lines   []struct {
				Like     string   `json:"like"`
				Quantity int      `json:"quantity"`
				Options  []string `json:"options"`
			} `json:"lines"`
		} `json:"orders"`
	} `json:"expect"`
}

// ordered is one order of the bundle.
type ordered struct {
	Service string `json:"service"`
	Lines   []struct {
		Title    string   `json:"title"`
		Options  []string `json:"options"`
		Quantity int      `json:"quantity"`
	} `json:"lines"`
}

// answer is the part of the printed document that is looked at.
type answer struct {
	Outcome   string `json:"outcome"`
	Questions []struct {
		Text string `json:"text"`
	} `json:"questions"`
	Bundle *struct {
		Total struct {
			Amount int64 `json:"amount"`
		} `json:"total"`
		Orders []ordered `json:"orders"`
	} `json:"bundle"`
	Payments []struct {
		Amount int64  `json:"amount"`
		Status string `json:"status"`
	} `json:"payments"`
	Reply string `json:"reply"`
}

// bangwo runs this binary as bangwo and returns what it prints on standard output.
func bangwo(t *testing.T, args ...string) []byte {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self, args...)
	c.Env = append(os.Environ(), asProgram+"=1")
	out, err := c.Output()
	if _, ended := err.(*exec.ExitError); err != nil && !ended {
		t.Fatal(err)
	}
	return out
}

// TestSentences says everyday sentences through the front door, each on a data folder of its own: each must end in the
// right bundle, paid once, or in a question or a plain refusal with nothing paid.
func TestSentences(t *testing.T) {
	t.Parallel()
	f, err := os.Open("../../examples/sentences.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	seeded := filepath.Join(t.TempDir(), "data")
	bangwo(t, "ask", "--data", seeded, "--demo", "--plan", "--quiet", "hello")
	lines := bufio.NewScanner(f)
	count := 0
	for ; lines.Scan(); count++ {
		var s sentence
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatalf("line %d: %v", count+1, err)
		}
		t.Run(s.Text, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			if err := os.CopyFS(data, os.DirFS(seeded)); err != nil {
				t.Fatal(err)
			}
			out := bangwo(t, "ask", "--data", data, "--demo", "--yes", "--limit", "2000", "--json", "--quiet", "--at", "中关村", "--now", "2026-11-24T10:00", s.Text)
			var a answer
			if err := json.Unmarshal(out, &a); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			s.judge(t, a)
		})
	}
	if count < 22 {
		t.Errorf("only %d sentences", count)
	}
}

// asked holds the questions that fit what a sentence leaves open, in both languages.
var asked = map[string]string{
	"address":     "送到哪里？ Which address?",
	"destination": "要去哪里？ Where to?",
}

func (s sentence) judge(t *testing.T, a answer) {
	t.Helper()
	if a.Outcome != s.Expect.Outcome {
		t.Fatalf("outcome %s, want %s; questions %+v; %s", a.Outcome, s.Expect.Outcome, a.Questions, a.Reply)
	}
	if about, ok := asked[s.Expect.Question]; ok && (len(a.Questions) == 0 || !strings.Contains(about, a.Questions[0].Text)) {
		t.Errorf("asked %+v, want one about the %s", a.Questions, s.Expect.Question)
	}
	var captured int64
	for _, p := range a.Payments {
		if p.Status == "captured" {
			captured += p.Amount
		}
	}
	if a.Outcome != "done" {
		if captured != 0 {
			t.Errorf("%d was paid although nothing was ordered", captured)
		}
		return
	}
	if a.Bundle == nil || captured != a.Bundle.Total.Amount || len(a.Bundle.Orders) != len(s.Expect.Orders) {
		t.Fatalf("paid %d for %+v, want %d orders", captured, a.Bundle, len(s.Expect.Orders))
	}
	for _, want := range s.Expect.Orders {
		i := slices.IndexFunc(a.Bundle.Orders, func(o ordered) bool { return o.Service == want.Service })
		if i < 0 {
			t.Errorf("no order at %s", want.Service)
			continue
		}
		for _, l := range want.Lines {
			found := false
			for _, got := range a.Bundle.Orders[i].Lines {
				said := strings.Join(got.Options, " ")
				fits := strings.Contains(got.Title, l.Like) && got.Quantity == l.Quantity
				for _, o := range l.Options {
					fits = fits && strings.Contains(said, o)
				}
				found = found || fits
			}
			if !found {
				t.Errorf("%s: no line like %+v in %+v", want.Service, l, a.Bundle.Orders[i].Lines)
			}
		}
	}
}
