package exposure

import (
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/i18n"
)

// Tell says in words why a service stood where it stood, and what came of it.
func (r Record) Tell(lang string) string {
	say := func(key string, pairs ...string) string {
		params := map[string]string{}
		for i := 0; i+1 < len(pairs); i += 2 {
			params[pairs[i]] = pairs[i+1]
		}
		return i18n.Text(lang, "exposure."+key, params)
	}
	parts := []string{say(string(r.Standing))}
	if r.Standing == catalog.StandingChosen {
		parts[0] = say("chosen_by_" + string(r.By))
	}
	if r.Rank > 0 {
		parts = append(parts, say("ranked", "rank", strconv.Itoa(r.Rank), "of", strconv.Itoa(r.Of), "score", number(r.Fit.Score)))
	}
	if len(r.Fit.By) > 0 {
		parts = append(parts, say("words", "words", strings.Join(r.Fit.By, " "), "share", percent(r.Fit.Cover)))
	}
	if r.Fit.Trade > 0 {
		parts = append(parts, say("trade", "share", percent(r.Fit.Trade)))
	}
	return strings.Join(parts, say("join"))
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

func percent(v float64) string { return strconv.FormatFloat(100*v, 'f', 0, 64) + "%" }
