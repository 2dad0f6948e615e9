package examples_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

type sentence struct {
	Text   string `json:"text"`
	Lang   string `json:"lang"`
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

// TestSentencesAreWellFormed keeps the file that drives the front door honest.
func TestSentencesAreWellFormed(t *testing.T) {
	t.Parallel()
	f, err := os.Open("sentences.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	langs, outcomes, seen := map[string]int{}, map[string]int{}, map[string]bool{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var s sentence
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatalf("%s: %v", lines.Text(), err)
		}
		langs[s.Lang]++
		outcomes[s.Expect.Outcome]++
		if s.Text == "" || seen[s.Text] {
			t.Errorf("empty or twice: %q", s.Text)
		}
		seen[s.Text] = true
		if done := s.Expect.Outcome == "done"; done != (len(s.Expect.Orders) > 0) || (s.Expect.Outcome == "question") != (s.Expect.Question != "") {
			t.Errorf("%s: outcome, orders and question do not agree", s.Text)
		}
		for _, o := range s.Expect.Orders {
			if info, err := os.Stat(o.Service); o.Service != "ride" && (err != nil || !info.IsDir()) {
				t.Errorf("%s: no service %s", s.Text, o.Service)
			}
			for _, l := range o.Lines {
				if l.Quantity < 1 {
					t.Errorf("%s: quantity %d", s.Text, l.Quantity)
				}
			}
		}
	}
	if langs["zh"] < 12 || langs["en"] < 12 || langs["mixed"] == 0 || outcomes["question"] == 0 || outcomes["refused"] == 0 {
		t.Errorf("too few sentences: %v %v", langs, outcomes)
	}
}
