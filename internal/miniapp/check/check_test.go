package check_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/miniapp/check"
)

// The good packages must not be blamed for anything: a validator that cries wolf is switched off.
func TestGoodPackagesAreClean(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{kiosk, "../testdata/my-mend"} {
		if list := findings(t, dir); len(list) > 0 {
			t.Errorf("%s: %+v", dir, list)
		}
	}
}

func TestFindingsNameTheLine(t *testing.T) {
	t.Parallel()
	b := newBench(t, kiosk)
	b.write(b.skill+"/index.js", "import { x } from './apis/findSnacks'\n\n\nexport const a = 1\nconst app = getApp()\nwx.modelContext.registerAPI(\n  'ghost', x)\n")
	b.add(b.card+"/index.wxml", "<view>\n<input\n/></view>")
	want := map[string]int{"V001": 5, "V003": 11}
	for _, f := range findings(t, b.dir) {
		if line, ok := want[f.Rule]; ok {
			if f.Line != line {
				t.Errorf("%s at %s:%d, want line %d", f.Rule, f.File, f.Line, line)
			}
			delete(want, f.Rule)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}

// A script that no parser takes is still searched, and hostile ones end neither the check nor the process.
func TestUnparsableScripts(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"syntax error": "function ( { getApp()",
		"deep":         strings.Repeat("[", 100_000),
		"deep unary":   "x = " + strings.Repeat("!", 200_000) + "1",
		"deep arrows":  strings.Repeat("a=>", 60_000) + "1",
		"some arrows":  "import x from 'y'\n" + strings.Repeat("a=>", 3000) + "1",
		"long chain":   "x" + strings.Repeat(".y", 100_000),
		"many calls":   "f" + strings.Repeat("()", 100_000),
		"deep else":    strings.Repeat("if(a);else ", 20_000) + ";",
		"deep assign":  strings.Repeat("x=", 100_000) + "1",
		"huge":         "//" + strings.Repeat("x", 1<<20),
		"binary":       "\x00\xff\xfe",
	}
	for name, body := range cases {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, kiosk)
			b.write(b.skill+"/utils/odd.js", body)
			list := findings(t, b.dir)
			if name == "syntax error" && (!has(list, "B003") || !has(list, "V001")) {
				t.Errorf("%v", list)
			}
			if len(list) > check.MaxFindings {
				t.Errorf("%d findings", len(list))
			}
		})
	}
}

func TestOwnRules(t *testing.T) {
	t.Parallel()
	cases := map[string]func(*bench){
		"B002": func(b *bench) {
			b.app(func(m map[string]any) { delete(m, "agent") })
			if err := os.RemoveAll(b.path("skills")); err != nil {
				t.Fatal(err)
			}
		},
		"B004": func(b *bench) { b.add(b.skill+"/SKILL.md", strings.Repeat("x", 16_001)) },
		"B005": func(b *bench) { b.app(func(m map[string]any) { delete(m, "lazyCodeLoading") }) },
		"B006": func(b *bench) {
			b.entry(func(m map[string]any) { m["inputSchema"].(map[string]any)["required"] = []any{"ghost"} })
		},
		"B007": func(b *bench) {
			b.mcp(func(m map[string]any) {
				m["apis"] = append(m["apis"].([]any), map[string]any{"name": "Find_Snacks", "description": "x"})
			})
		},
		"B008": func(b *bench) { b.add(b.api, "wx.requestPayment({})") },
		"B009": func(b *bench) { b.write("app.json", "// ours\n"+b.read("app.json")) },
		"B001": func(b *bench) { b.write("page-meta.json", "{") },
	}
	for rule, do := range cases {
		t.Run(rule, func(t *testing.T) {
			b := newBench(t, kiosk)
			do(b)
			if list := findings(t, b.dir); !has(list, rule) {
				t.Errorf("%s is silent: %v", rule, list)
			}
		})
	}
}

func TestWriteText(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	err := check.WriteText(&b, []check.Finding{{Rule: "V001", Level: check.Error, File: "a.js", Line: 3, Message: "no", Mend: "yes"}, {Rule: "B002", Level: check.Warning, Message: "hm"}})
	want := "a.js:3: error V001: no\n    mend: yes\nwarning B002: hm\n1 errors, 1 warnings\n"
	if err != nil || b.String() != want {
		t.Errorf("%v\n%s", err, b.String())
	}
}

// The table in docs/skill-check.md is the table of rules.
func TestRulesAreDocumented(t *testing.T) {
	t.Parallel()
	body, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "skill-check.md"))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range check.Rules() {
		if slices.Contains(ids, r.ID) {
			t.Errorf("two rules %s", r.ID)
		}
		ids = append(ids, r.ID)
		if row := "| " + r.ID + " | " + string(r.Level) + " | " + r.What + " | " + r.Mend + " |"; !strings.Contains(string(body), row) {
			t.Errorf("docs/skill-check.md lacks the row\n%s", row)
		}
	}
}
