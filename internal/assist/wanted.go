package assist

import (
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
)

// maxSought bounds the earlier turns whose words a short utterance may go on with ("another one").
const maxSought = 2

// Wanted is what a catalogue is asked for a request: by its words and those of the turns that it may go on with, together
// with the services that are part of the conversation already, the latest first.
func (r Request) Wanted() catalog.Wanted {
	w := catalog.Wanted{Texts: []string{r.Text}, Place: r.Place}
	also := func(service string) {
		if service, _, _ = strings.Cut(service, "/"); service != "" && !slices.Contains(w.Also, service) {
			w.Also = append(w.Also, service)
		}
	}
	for key, answer := range r.Answers {
		if strings.HasSuffix(key, "/service") {
			also(answer)
		}
	}
	slices.Sort(w.Also)
	for _, e := range slices.Backward(r.Earlier) {
		if !e.Past && len(e.Goals) > 0 && len(w.Texts) <= maxSought {
			w.Texts = append(w.Texts, e.Text)
		}
		for _, g := range slices.Backward(e.Goals) {
			also(g.Service)
		}
		if e.Plan != nil {
			for _, s := range e.Plan.Steps {
				also(s.Service)
			}
		}
	}
	return w
}
