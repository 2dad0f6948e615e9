package hostile_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// where a merchant's text can stand, by track.
var places = map[string][]string{
	"mcp": {"server_title", "instructions", "tool_name", "tool_title", "tool_description", "input_description", "enum_explanation",
		"result_text", "result_field", "result_item", "error"},
	"skill": {"skill_description", "instructions", "trigger", "tool_description", "input_description", "enum_explanation",
		"output_description", "result_field", "result_item", "error", "page_title"},
}

// tracks in a fixed order.
var tracks = []string{"mcp", "skill"}

// placesEach is at how many places every text is put: one on each track.
const placesEach = 2

// minCases is what the corpus must have.
const minCases = 150

// attack is one case.
type attack struct {
	n                       int
	aim, lang, track, place string
	text                    string
}

func (a attack) String() string {
	return fmt.Sprintf("%03d-%s-%s-%s-%s", a.n, a.aim, a.lang, a.track, a.place)
}

// corpus puts every text at its places: in turn, so that each place is tried in both languages.
func corpus(t testing.TB) []attack {
	t.Helper()
	raw, err := os.ReadFile("testdata/texts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []attack
	turn := 0
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 3 {
			continue
		}
		for k := range placesEach {
			track := tracks[k%len(tracks)]
			at := places[track]
			a := attack{n: len(out) + 1, aim: f[0], lang: f[1], track: track, place: at[turn%len(at)], text: strings.ReplaceAll(f[2], `\n`, "\n")}
			if a.place == "tool_name" && a.lang == "zh" {
				a.place = "tool_title" // names of tools are Latin letters
			}
			out = append(out, a)
		}
		turn++
	}
	return out
}

var noName = regexp.MustCompile(`[^a-z0-9]+`)

// at is the hostile text where the case puts it, else what an honest merchant writes.
func (a attack) at(place, honest string) string {
	switch {
	case a.place != place:
		return honest
	case place == "tool_name":
		name := strings.Trim(noName.ReplaceAllString(strings.ToLower(a.text), "_"), "_")
		return name[:min(len(name), 60)]
	case strings.HasSuffix(place, "description") || place == "instructions":
		return honest + "\n" + a.text
	}
	return a.text
}

func jsonInto(data []byte, v any) error { return json.Unmarshal(data, v) }
