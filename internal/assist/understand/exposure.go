package understand

import (
	"math"
	"slices"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/catalog"
)

// maxExposed is how many services that fit a goal are told of: all that may be offered as choices are among them.
const maxExposed = maxChoices

// maxFitWords bounds the words that tell why one of them fits.
const maxFitWords = 24

// take gives a goal the services that fit it, best first.
func (g *goal) take(ms []match) {
	if len(ms) == 0 {
		return
	}
	g.service, g.match, g.rivals = ms[0].service, ms[0], near(ms)
	g.rank(ms)
}

// rank keeps which services fit, to be told.
func (g *goal) rank(ms []match) {
	g.others, g.fits = ms[:min(len(ms), maxExposed)], len(ms)
}

// expose tells which services were put up for a goal, best first, and what came of the one that it has: standing.
func (ix *index) expose(t *assist.Thought, g *goal, standing catalog.Standing, answers map[string]string) {
	if g.service < 0 {
		return
	}
	offered := ix.offered(g)
	answered := answers[g.id+"/service"] != ""
	seen := false
	for i, m := range g.others {
		e := ix.exposure(g, m)
		if g.fits > 0 {
			e.Rank = i + 1
		}
		switch {
		case m.service == g.service && standing != catalog.StandingOffered:
			seen, e.Standing, e.By = true, standing, g.chooser(answered)
		case offered[m.service] && (answered || standing == catalog.StandingOffered):
			e.Standing = catalog.StandingOffered
		}
		t.Exposures = append(t.Exposures, e)
	}
	if !seen && standing != catalog.StandingOffered {
		m := g.match
		m.service = g.service
		e := ix.exposure(g, m)
		e.Standing, e.By = standing, g.chooser(answered)
		t.Exposures = append(t.Exposures, e)
	}
}

// offered are the services between which the person is asked, or was.
func (ix *index) offered(g *goal) map[int]bool {
	out := map[int]bool{}
	if g.fits < 2 {
		return out
	}
	for _, m := range append(g.others[:1:1], near(g.others)...) {
		out[m.service] = true
	}
	return out
}

func (g *goal) chooser(answered bool) catalog.Chooser {
	switch {
	case answered:
		return catalog.ChosenByPerson
	case g.by != "":
		return g.by
	}
	return catalog.ChosenByFit
}

func (ix *index) exposure(g *goal, m match) catalog.Exposure {
	s := ix.services[m.service]
	e := catalog.Exposure{Goal: g.id, Words: g.shown(), Service: s.ID, Of: g.fits, Standing: catalog.StandingPassed, Fit: catalog.Fit{
		Score: short(m.rank()), Points: short(m.score), Cover: short(m.cover), Trade: short(m.fit), Sure: short(m.sure),
		By: slices.Clone(m.by[:min(len(m.by), maxFitWords)])}}
	if len(s.Skills) == 1 {
		e.Skill = s.Skills[0].Name
	}
	return e
}

// short leaves as many digits as anybody compares.
func short(v float64) float64 { return math.Round(v*1e4) / 1e4 }
