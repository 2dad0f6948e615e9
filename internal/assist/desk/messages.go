package desk

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/i18n"
)

// say is a sentence of Bangwo's in the turn's language.
func (w *worker) say(key string, args ...string) string { return sayIn(w.t.Lang, key, args...) }

// sayIn is a sentence of Bangwo's; its placeholders are {a}, {b} … in the order of args. An unknown fault or reason to
// stop has a sentence too.
func sayIn(lang, key string, args ...string) string {
	for _, kin := range []string{"fault_", "stopped_"} {
		if strings.HasPrefix(key, kin) && !i18n.Has(i18n.English, "desk."+key) {
			key = kin + "other"
		}
	}
	if !i18n.Has(i18n.English, "desk."+key) {
		return key
	}
	params := make(map[string]string, len(args))
	for i, v := range args {
		params[string(rune('a'+i))] = v
	}
	return i18n.Text(lang, "desk."+key, params)
}

// why is the reason of a choice in words.
func (w *worker) why(r plan.Reason) string {
	if r.Key == "" {
		return r.Words
	}
	return w.say("why_"+r.Key, strconv.Itoa(r.N), strconv.Itoa(r.Of), r.Words)
}

// pickedNote tells what was chosen from lists, and why.
func (w *worker) pickedNote(picked []plan.Picked) string {
	var parts []string
	for _, p := range picked {
		if p.Title != "" {
			var e any
			_ = json.Unmarshal(p.Element, &e) // what cannot be read has no other titles
			parts = append(parts, w.say("picked", w.titleIn(p.Title, plan.TitlesOf(e)), w.why(p.Why)))
		}
	}
	return clip(strings.Join(parts, w.say("picked_join")), MaxNote)
}

func (d *Desk) serviceName(id string) string {
	if s, ok := d.service(context.WithoutCancel(d.ctx), id); ok && s.Name != "" {
		return s.Name
	}
	return id
}

func numbered(i int) string { return strconv.Itoa(i + 1) }

func joinLines(lines []string) string {
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
