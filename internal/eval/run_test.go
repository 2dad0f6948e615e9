package eval_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/bangwo/bangwo/internal/eval"
)

// unpack writes an archive of testdata into a folder of the test's own, with pairs of old and new text replaced in it.
func unpack(t *testing.T, file string, replace ...string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	a := txtar.Parse([]byte(strings.NewReplacer(replace...).Replace(string(raw))))
	if err := txtar.Write(a, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestJudge plays one sentence against expectations that it meets and that it must not pass for.
func TestJudge(t *testing.T) {
	t.Parallel()
	suite, err := eval.Load(unpack(t, "soup.txtar"), eval.SetDev)
	if err != nil {
		t.Fatal(err)
	}
	report, err := eval.Run(t.Context(), suite, eval.Options{Parallel: 1, Repeat: 2})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]struct{ plan, goods, payment bool }{
		"right":     {plan: true},
		"goods":     {goods: true},
		"unasked":   {payment: true},
		"too-many":  {payment: true},
		"ask-due":   {},
		"undone":    {},
		"declined":  {plan: true},
		"looked-up": {},
		"chat":      {plan: true},
	}
	for _, v := range report.Verdicts {
		w := want[v.Case]
		if v.Plan != w.plan || v.WrongGoods != w.goods || (v.WrongPayment != "") != w.payment {
			t.Errorf("%s: right %v, wrong goods %v, wrong payment %q, want %+v; %v", v.Case, v.Plan, v.WrongGoods, v.WrongPayment, w, v.Why)
		}
		if v.Plan != (len(v.Why) == 0) {
			t.Errorf("%s: right %v, but %v", v.Case, v.Plan, v.Why)
		}
	}
	if report.All.Cases != len(want) || report.Always != 3 || report.Ever != 3 || report.All.WrongPayments != 2 {
		t.Errorf("%d cases, %d always right, %d once, %d wrong payments", report.All.Cases, report.Always, report.Ever, report.All.WrongPayments)
	}
	var out bytes.Buffer
	if err := report.WriteText(&out, true); err != nil || !strings.Contains(out.String(), "soup.0.bowls is 2, want 3") {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestCheckFindsWhatCannotBeRight(t *testing.T) {
	t.Parallel()
	cases := map[string][]string{
		"no record of soup has cups":  {`"bowls": 3}`, `"cups": 3}`},
		"leaves no record":            {`"amount": "total"`, `"at": "nowhere"`},
		"$0.soups.7.soup_id leads no": {"$0.soups.0", "$0.soups.7"},
		"no such soup":                {`"$0.soups.0.soup_id"`, `"gravel"`},
	}
	for want, replace := range cases {
		suite, err := eval.Load(unpack(t, "soup.txtar", replace...), eval.SetDev)
		if err != nil {
			t.Errorf("%s: %v", want, err)
			continue
		}
		wrong, err := eval.Check(t.Context(), suite, eval.Options{})
		if err != nil || !strings.Contains(strings.Join(wrong, "\n"), want) {
			t.Errorf("want %q: %v %v", want, wrong, err)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	cases := map[string][]string{
		"now is missing":       {`"now": "2026-11-24T10:00:00+08:00", `, ""},
		"unknown field":        {`"lang": "en", "turns": ["Hello there"], "expect": {"chat"`, `"lang": "en", "turns": ["Hello there"], "mood": "good", "expect": {"chat"`},
		`no service "stew"`:    {`{"records": {"soup": [{"soup": "tomato", "bowls": 2}]}}`, `{"records": {"stew": []}}`},
		`no test "$many"`:      {`"bowls": 3`, `"bowls": {"$many": 3}`},
		"no id of its own":     {`"id": "goods"`, `"id": "right"`},
		`language "fr"`:        {`"id": "right", "lang": "en"`, `"id": "right", "lang": "fr"`},
		"nothing is said":      {`"id": "right", "lang": "en", "turns": ["Order two bowls of tomato soup"]`, `"id": "right", "lang": "en", "turns": []`},
		"nothing is expected":  {`{"chat": true}`, `{}`},
		"soup.jsonl:2":         {`"id": "right",`, `"id": 1,`},
		"error parsing regexp": {`"decline": true`, `"answers": [{"about": "(", "say": "x"}]`},
	}
	for want, replace := range cases {
		if _, err := eval.Load(unpack(t, "soup.txtar", replace...), eval.SetDev); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
	if _, err := eval.Load(unpack(t, "soup.txtar"), "tuned"); err == nil {
		t.Error("a set that does not exist is taken")
	}
	if _, err := eval.Load(t.TempDir(), eval.SetDev); err == nil {
		t.Error("a folder without a suite is taken")
	}
}

func TestRunWantsCases(t *testing.T) {
	t.Parallel()
	suite, err := eval.Load(unpack(t, "soup.txtar"), eval.SetDev)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := eval.Run(t.Context(), suite, eval.Options{Only: regexp.MustCompile("^stew$")}); err == nil {
		t.Error("a run of no cases succeeds")
	}
}

// Of the dev set a few cases of every service are played with the other tests; raise the floor as more of them are right.
const (
	smoke      = `^[a-z]+-0[18]$`
	smokeCases = 40
	smokeFloor = 30
)

// TestNothingGetsWorse plays a small part of the dev set: the floor holds, and nothing is paid wrongly.
func TestNothingGetsWorse(t *testing.T) {
	t.Parallel()
	suite, err := eval.Load(ours, eval.SetDev)
	if err != nil {
		t.Fatal(err)
	}
	report, err := eval.Run(t.Context(), suite, eval.Options{Only: regexp.MustCompile(smoke)})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d end in the right state, %d answers or orders were wrong but paid", report.All.Plans, report.All.Cases, report.All.WrongGoods)
	if report.All.Cases < smokeCases || report.All.Plans < smokeFloor || report.All.WrongPayments > 0 {
		var out bytes.Buffer
		if err := report.WriteText(&out, true); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%d cases, %d right, want %d of %d; wrong payments %d\n%s", report.All.Cases, report.All.Plans, smokeFloor, smokeCases, report.All.WrongPayments, out.String())
	}
}

// What was set aside before any tuning; the dev set grows later, what is set aside must not shrink for it.
const (
	apartServices = 9
	apartCases    = 145
)

// TestSuiteIsWide holds the suite to its size: languages, trades, and what was set aside.
func TestSuiteIsWide(t *testing.T) {
	t.Parallel()
	langs, trades, all := map[string]int{}, map[string]bool{}, 0
	sets := map[string]int{}
	services := map[string]int{}
	for _, set := range []string{eval.SetDev, eval.SetHeld} {
		suite, err := eval.Load(ours, set)
		if err != nil {
			t.Fatal(err)
		}
		services[set], sets[set] = len(suite.Services), len(suite.Cases)
		for _, s := range suite.Services {
			trades[s.Trade] = true
		}
		for _, c := range suite.Cases {
			langs[c.Lang]++
			all++
		}
	}
	if all < 400 || services[eval.SetHeld] < 25 || len(trades) < 12 {
		t.Errorf("%d cases, %d services, %d trades", all, services[eval.SetHeld], len(trades))
	}
	if 100*langs["zh"] < 45*all || 100*langs["en"] < 35*all || langs["mixed"] == 0 {
		t.Errorf("languages: %v of %d", langs, all)
	}
	if apart := services[eval.SetHeld] - services[eval.SetDev]; apart < apartServices || sets[eval.SetHeld] < apartCases {
		t.Errorf("%d of %d services and %d of %d cases are set aside", apart, services[eval.SetHeld], sets[eval.SetHeld], all)
	}
}
