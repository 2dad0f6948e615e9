package eval

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// Figures count verdicts.
type Figures struct {
	Cases         int     `json:"cases"`
	Goals         int     `json:"goals_right"`
	SlotsRight    int     `json:"slots_right"`
	SlotsTotal    int     `json:"slots_total"`
	Plans         int     `json:"plans_right"`
	AskDue        int     `json:"ask_due"`
	Asked         int     `json:"ask_due_asked"`
	AskNeedless   int     `json:"asked_needlessly"`
	RefuseDue     int     `json:"refuse_due"`
	Refused       int     `json:"refuse_due_refused"`
	WrongPayments int     `json:"wrong_payments"`
	WrongGoods    int     `json:"wrong_goods"`
	PlanShare     float64 `json:"plan_share"` // percent
}

// Report is what a run found. Verdicts are those of the first time; Always counts cases that were right every time.
type Report struct {
	Suite    string             `json:"suite"`
	Services int                `json:"services"`
	Repeat   int                `json:"repeat"`
	All      Figures            `json:"all"`
	Always   int                `json:"right_every_time"`
	Ever     int                `json:"right_at_least_once"`
	Langs    map[string]Figures `json:"languages"`
	Kinds    map[string]Figures `json:"kinds"`
	Trades   map[string]Figures `json:"trades"`
	P50MS    float64            `json:"p50_ms"`
	P95MS    float64            `json:"p95_ms"`
	Verdicts []Verdict          `json:"verdicts,omitempty"`
}

func (f *Figures) add(v Verdict) {
	one := func(yes bool) int {
		if yes {
			return 1
		}
		return 0
	}
	f.Cases++
	f.Goals += one(v.Goals)
	f.SlotsRight += v.SlotsRight
	f.SlotsTotal += v.SlotsTotal
	f.Plans += one(v.Plan)
	f.AskDue += one(v.AskDue)
	f.Asked += one(v.DueAsked)
	f.AskNeedless += one(v.Needless)
	f.RefuseDue += one(v.RefuseDue)
	f.Refused += one(v.RefuseDue && v.Refused)
	f.WrongPayments += one(v.WrongPayment != "")
	f.WrongGoods += one(v.WrongGoods)
	f.PlanShare = 100 * float64(f.Plans) / float64(f.Cases)
}

// report counts the verdicts of all runs; the figures are those of the first.
func (s *Suite) report(runs [][]Verdict) *Report {
	r := &Report{Suite: s.Name, Services: len(s.Services), Repeat: len(runs), Verdicts: runs[0],
		Langs: map[string]Figures{}, Kinds: map[string]Figures{}, Trades: map[string]Figures{}}
	add := func(m map[string]Figures, key string, v Verdict) {
		f := m[key]
		f.add(v)
		m[key] = f
	}
	var took []float64
	for i, v := range runs[0] {
		r.All.add(v)
		add(r.Langs, v.Lang, v)
		add(r.Kinds, v.Kind, v)
		for _, t := range v.Trades {
			add(r.Trades, t, v)
		}
		always, ever := true, false
		for _, run := range runs {
			always, ever = always && run[i].Plan, ever || run[i].Plan
			took = append(took, run[i].TookMS)
		}
		if always {
			r.Always++
		}
		if ever {
			r.Ever++
		}
	}
	slices.Sort(took)
	r.P50MS, r.P95MS = took[len(took)/2], took[len(took)*95/100]
	return r
}

// WriteText writes the report for people; with failed also every case that went wrong, and why.
func (r *Report) WriteText(w io.Writer, failed bool) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%s: %d cases over %d services\n\n", r.Suite, r.All.Cases, r.Services)
	fmt.Fprintln(t, "\tCASES\tSTATE RIGHT\tGOALS\tSLOTS\tASKED WHEN DUE\tASKED NEEDLESSLY\tREFUSED WHEN DUE\tWRONG PAYMENTS\tWRONG GOODS")
	row(t, "all", r.All)
	for _, m := range []map[string]Figures{r.Langs, r.Kinds, r.Trades} {
		fmt.Fprintln(t, "\t\t\t\t\t\t\t\t\t")
		for _, k := range slices.Sorted(maps.Keys(m)) {
			row(t, k, m[k])
		}
	}
	if r.Repeat > 1 {
		fmt.Fprintf(t, "\nright every time of %d: %s, at least once: %s\n", r.Repeat, share(r.Always, r.All.Cases), share(r.Ever, r.All.Cases))
	}
	fmt.Fprintf(t, "\np50 %.0f ms, p95 %.0f ms a case\n", r.P50MS, r.P95MS)
	if err := t.Flush(); err != nil || !failed {
		return err
	}
	for _, v := range r.Verdicts {
		if v.Plan {
			continue
		}
		if _, err := fmt.Fprintf(w, "\n%s [%s, %s]\n  %s\n    %s\n", v.Case, v.Lang, v.Kind, strings.Join(v.Turns, "\n  "), strings.Join(v.Why, "\n    ")); err != nil {
			return err
		}
	}
	return nil
}

func row(w io.Writer, name string, f Figures) {
	fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%d\t%s\t%d\t%d\n", name, f.Cases, share(f.Plans, f.Cases), share(f.Goals, f.Cases), share(f.SlotsRight, f.SlotsTotal),
		share(f.Asked, f.AskDue), f.AskNeedless, share(f.Refused, f.RefuseDue), f.WrongPayments, f.WrongGoods)
}

func share(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %% (%d/%d)", 100*float64(n)/float64(of), n, of)
}
