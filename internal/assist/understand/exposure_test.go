package understand_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/catalog"
)

// ranked are sentences that several services of the test data fit, or one.
var ranked = []string{"帮我叫辆车去首都机场", "买两盒布洛芬和一盒创可贴送到家", "two large margherita pizzas and a caesar salad delivered to my home",
	"明晚七点订个四人包间", "明天去上海的二等座高铁票两张", "order something to eat", "订一个明天下午三点的", "叫辆车去机场，顺便买一盒维生素C片送到家"}

// asTrack is the same service, in the same words, as a track would bring it.
func asTrack(s catalog.Service, track catalog.Track) catalog.Service {
	s = s.Clone()
	s.Source.Track, s.Skills = track, nil
	name := ""
	if track == catalog.TrackSkill || track == catalog.TrackSource {
		name = "main"
		s.Skills = []catalog.Skill{{Name: name, Description: s.Description, Instruction: s.Instruction}}
	}
	for i := range s.Capabilities {
		s.Capabilities[i].Skill = name
	}
	for i := range s.Items {
		s.Items[i].Skill = name
	}
	return s
}

// ranks are a thought's exposures but for the name of a package's skill.
func ranks(t *testing.T, text string, services []catalog.Service) []string {
	t.Helper()
	th := think(t, text, func(r *assist.Request) { r.Services = services })
	var out []string
	for _, e := range th.Exposures {
		e.Skill = ""
		out = append(out, fmt.Sprintf("%+v", e))
	}
	return out
}

// TestTheTrackAloneNeverChangesARank brings each service in on each of the tracks, among others that stay as they are.
func TestTheTrackAloneNeverChangesARank(t *testing.T) {
	t.Parallel()
	all := services(t)
	exposed := map[string]bool{}
	for i := range all {
		all[i] = asTrack(all[i], catalog.TrackMCP)
	}
	for _, text := range ranked {
		want := ranks(t, text, all)
		for _, e := range want {
			exposed[e] = true
		}
		for i := range all {
			for _, track := range []catalog.Track{catalog.TrackSkill, catalog.TrackSource, catalog.TrackScreen} {
				mixed := slices.Clone(all)
				mixed[i] = asTrack(all[i], track)
				if got := ranks(t, text, mixed); !slices.Equal(got, want) {
					t.Errorf("%s: with %s by %s\n%s\nwant\n%s", text, all[i].ID, track, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			}
		}
	}
	if len(exposed) < len(ranked) {
		t.Errorf("only %d services were put up for %d sentences", len(exposed), len(ranked))
	}
}

// twins are two services of the same words.
func twins(t *testing.T, id string) []catalog.Service {
	t.Helper()
	for _, s := range services(t) {
		if s.ID == id {
			one, two := asTrack(s, catalog.TrackMCP), asTrack(s, catalog.TrackSkill)
			one.ID, two.ID = "one", "two"
			one.Name, two.Name = "First", "Second"
			for i := range two.Capabilities {
				one.Capabilities[i].Service, two.Capabilities[i].Service = "one", "two"
			}
			return []catalog.Service{one, two}
		}
	}
	t.Fatalf("no service %q", id)
	return nil
}

// TestTwinsOnTwoTracksAreOfferedAlike wants the person asked, with the same score for either, and their choice kept with who chose.
func TestTwinsOnTwoTracksAreOfferedAlike(t *testing.T) {
	t.Parallel()
	const text = "帮我叫辆车去首都机场"
	th := think(t, text, func(r *assist.Request) { r.Services = twins(t, "quickcab") })
	if len(th.Exposures) != 2 || len(th.Asks) == 0 {
		t.Fatalf("exposures %+v, asks %+v", th.Exposures, th.Asks)
	}
	a, b := th.Exposures[0], th.Exposures[1]
	if a.Fit.Score != b.Fit.Score || a.Fit.Score == 0 || a.Standing != catalog.StandingOffered || b.Standing != catalog.StandingOffered || a.By != "" || a.Rank != 1 || b.Rank != 2 || a.Of != 2 {
		t.Errorf("%+v\n%+v", a, b)
	}
	key := th.Asks[0].Key
	second := th.Asks[0].Choices[1].Value
	th = think(t, text, func(r *assist.Request) {
		r.Services, r.Answers = twins(t, "quickcab"), map[string]string{key: second}
	})
	standings := map[string]string{}
	for _, e := range th.Exposures {
		standings[e.Service] = string(e.Standing) + " " + string(e.By)
	}
	if standings["one"] != "offered " || standings["two"] != "chosen person" || len(standings) != 2 {
		t.Errorf("after the choice: %v", standings)
	}
}

// TestExposuresSayWhy looks at what is told of the service that a goal is carried out at, and of none where none fits.
func TestExposuresSayWhy(t *testing.T) {
	t.Parallel()
	th := think(t, "买两盒布洛芬送到家，顺便叫辆车去首都机场", nil)
	chosen := map[string]catalog.Exposure{}
	for _, e := range th.Exposures {
		if e.Standing == catalog.StandingChosen {
			chosen[e.Goal] = e
		}
	}
	if len(chosen) != 2 || chosen["g1"].Service != "kangmin" || chosen["g2"].Service != "quickcab" {
		t.Fatalf("%+v", th.Exposures)
	}
	if e := chosen["g1"]; e.Rank != 1 || e.By != catalog.ChosenByFit || len(e.Fit.By) == 0 || e.Fit.Score <= 0 || !strings.Contains(e.Words, "布洛芬") {
		t.Errorf("%+v", e)
	}
	if th = think(t, "给我的飞船换个引擎", nil); len(th.Exposures) > 0 && th.Plan == nil {
		for _, e := range th.Exposures {
			if e.Standing == catalog.StandingChosen {
				t.Errorf("chosen for a goal that is refused: %+v", e)
			}
		}
	}
}
