package eval

import (
	"encoding/json"
	"testing"
)

func parse(t *testing.T, s string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return v
}

func TestPatterns(t *testing.T) {
	t.Parallel()
	cases := []struct {
		pattern, value string
		fits           bool
	}{
		{`{"a":1}`, `{"a":1,"b":2}`, true},
		{`{"a":1}`, `{"b":2}`, false},
		{`{"a":"2"}`, `{"a":2}`, true},
		{`"Latte "`, `"latte"`, true},
		{`"１杯"`, `"1杯"`, true},
		{`null`, `"null"`, false},
		{`[1,2]`, `[2,1]`, true},
		{`[1,2]`, `[1,2,3]`, false},
		{`[1,2]`, `[1]`, false},
		{`[]`, `[]`, true},
		{`[]`, `[1]`, false},
		{`[{"s":"a","n":1},{"s":"a","n":2}]`, `[{"s":"a","n":2},{"s":"a","n":1}]`, true},
		{`[{"s":"a"},{"s":"a","n":2}]`, `[{"s":"a","n":2},{"s":"a","n":1}]`, true},
		{`{"$has":"国贸"}`, `"朝阳区国贸大厦"`, true},
		{`{"$has":"国贸"}`, `"望京"`, false},
		{`{"$has":"a"}`, `["b","cat"]`, true},
		{`{"$has":"a"}`, `null`, false},
		{`{"$in":["x",{"$has":"y"}]}`, `"xyz"`, true},
		{`{"$in":["x"]}`, `"y"`, false},
		{`{"$all":[{"$gte":2},{"$lte":4}]}`, `3`, true},
		{`{"$all":[{"$gte":2},{"$lte":4}]}`, `5`, false},
		{`{"$gte":2}`, `"nothing"`, false},
		{`{"$absent":true}`, `""`, true},
		{`{"$absent":true}`, `[0]`, false},
		{`{"$present":true}`, `false`, false},
		{`{"$time":"2026-11-25 18:00"}`, `"2026-11-25T10:00:00Z"`, true},
		{`{"$time":"2026-11-25 18:00"}`, `"2026-11-25T18:00:00+08:00"`, true},
		{`{"$time":"2026-11-25 18:00"}`, `"2026年11月25日 18:02"`, true},
		{`{"$time":"2026-11-25 18:00"}`, `1795600800000`, true},
		{`{"$time":"2026-11-25 18:00"}`, `1795600800`, true},
		{`{"$time":"2026-11-25 18:00"}`, `"2026-11-25 18:30"`, false},
		{`{"$time":"2026-11-25 18:00"}`, `"2026-11-25"`, false},
		{`{"$time":"2026-11-25"}`, `"2026-11-25 09:00"`, true},
		{`{"$time":"2026-11-25"}`, `"2026-11-26"`, false},
		{`{"$time":"18:00"}`, `"18:00"`, true},
		{`{"$time":"18:00"}`, `"6:00 pm"`, true},
		{`{"$time":"18:00"}`, `"6:00 am"`, false},
		{`{"$time":"18:00"}`, `"soon"`, false},
	}
	for _, c := range cases {
		if got := fits(parse(t, c.pattern), parse(t, c.value)); got != c.fits {
			t.Errorf("%s on %s: %v, want %v", c.pattern, c.value, got, c.fits)
		}
	}
}

func TestScoreCountsLeaves(t *testing.T) {
	t.Parallel()
	right, total, wrong := score(parse(t, `[{"a":1,"b":{"c":2}},{"a":9}]`), parse(t, `[{"a":1,"b":{"c":3}}]`), "x")
	if right != 1 || total != 3 || wrong != "x.0.b.c is 3, want 2" {
		t.Errorf("%d of %d, %q", right, total, wrong)
	}
	if right, total, _ = score(parse(t, `[]`), parse(t, `[1,2]`), "x"); right != 0 || total != 2 {
		t.Errorf("what is too many: %d of %d", right, total)
	}
}

func TestUnknownTestsAreRefused(t *testing.T) {
	t.Parallel()
	for _, p := range []string{`{"$near":1}`, `{"a":[{"$hass":"x"}]}`, `{"$in":[{"$foo":1}]}`} {
		if checkPattern(parse(t, p)) == nil {
			t.Errorf("%s is taken", p)
		}
	}
}
