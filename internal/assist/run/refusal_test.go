package run_test

import (
	"encoding/json"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/track"
)

func TestRefused(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]bool{
		`{"success":false,"message":"sold out"}`: true, `{"ok":false}`: true, `{"errCode":"SOLD_OUT"}`: true, `{"errcode":40001}`: true,
		`{"success":true}`: false, `{"errCode":0,"data":{}}`: false, `{"errcode":"0"}`: false, `{"errCode":"OK"}`: false,
		`{"items":[],"total":0}`: false, `{"order":{"success":false}}`: false, `[]`: false, ``: false,
	} {
		if got := run.Refused(track.Result{Structured: json.RawMessage(raw)}); got != want {
			t.Errorf("%s: %v", raw, got)
		}
	}
	if !run.Refused(track.Result{IsError: true, Structured: json.RawMessage(`{"success":true}`)}) {
		t.Error("an error that calls itself a success is taken for one")
	}
}

func TestReadRefusal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text, raw string
		want      run.RefusalKind
	}{
		"a code":                      {"", `{"code":"SOLD_OUT"}`, run.SoldOut},
		"camel case":                  {"", `{"errCode":"outOfStock"}`, run.SoldOut},
		"Chinese words":               {"冰拿铁已售罄，请换一款。", ``, run.SoldOut},
		"only so many left":           {"拿铁只剩 2 份。", ``, run.SoldOut},
		"a new price":                 {"", `{"code":"price_changed","quote_id":"q2"}`, run.Stale},
		"structure before words":      {"this is not available", `{"code":"price_changed"}`, run.Stale},
		"no such thing":               {"菜单里没有 C999。", ``, run.Absent},
		"a value that is not offered": {"拿铁不支持七分糖", ``, run.BadValue},
		"English":                     {"size must be one of s, m", ``, run.BadValue},
		"something else":              {"the kitchen is on fire", `{"code":"E42"}`, run.Other},
		"part of a word":              {"the soldoutfit is here", ``, run.Other},
	} {
		r := run.ReadRefusal(track.Result{IsError: true, Text: []string{c.text}, Structured: json.RawMessage(c.raw)})
		if r.Kind != c.want {
			t.Errorf("%s: %q of %q", name, r.Kind, r.Words)
		}
	}
	r := run.ReadRefusal(track.Result{IsError: true, Text: []string{"Oat milk is not offered"}, Structured: json.RawMessage(`{"available":["soy","whole"],"options":[{"value":"almond"}]}`)})
	if !r.Mentions("oat") || r.Mentions("oa") || len(r.Listed) != 3 {
		t.Errorf("%+v", r)
	}
}
