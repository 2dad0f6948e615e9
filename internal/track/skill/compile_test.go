package skill_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track/skill"
)

// packageOf writes files into a folder.
func packageOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// twoAPIs is a package with an honest api, getGood, and one whose code is in bad.js.
func twoAPIs(bad string) map[string]string {
	return map[string]string{
		"app.json":          `{"pages":[],"subPackages":[{"root":"skills","independent":true,"pages":[]}],"agent":{"skills":[{"name":"x","description":"x","path":"skills/x"}]}}`,
		"skills/x/SKILL.md": "x",
		"skills/x/mcp.json": `{"apis":[{"name":"getBad","description":"x","inputSchema":{"type":"object","properties":{}}},
			{"name":"getGood","description":"x","inputSchema":{"type":"object","properties":{}}}]}`,
		"skills/x/index.js": `const s = wx.modelContext.createSkill('skills/x')
			s.registerAPI('getGood', async () => ({ content: [], structuredContent: { ok: true } }))
			s.registerAPI('getBad', async () => { const f = require('./bad'); return { content: [], structuredContent: { v: typeof f } } })`,
		"skills/x/bad.js": bad,
	}
}

// TestScriptsThatKeepCompilersBusy opens packages with scripts that compilers are known to be slow or to overflow on.
// However compiling them ends, the package opens, and its other apis work.
func TestScriptsThatKeepCompilersBusy(t *testing.T) {
	t.Parallel()
	driver := newDriver(t, skill.NewMemoryStorage())
	const n = 60_000
	for name, bad := range map[string]string{
		"arrows with bodies": "module.exports = " + strings.Repeat("(a)=>{return ", 3000) + "1" + strings.Repeat("}", 3000),
		"arrows as defaults": "module.exports = " + strings.Repeat("(a=", 400) + "1" + strings.Repeat(")=>1", 400),
		"open brackets":      strings.Repeat("[", n),
		"nested objects":     "module.exports = " + strings.Repeat("{a:", n) + "1" + strings.Repeat("}", n),
		"nested templates":   "module.exports = " + strings.Repeat("`${", n) + "1" + strings.Repeat("}`", n),
		"a chain of signs":   "module.exports = " + strings.Repeat("- ", n) + "1",
		"a chain of members": "module.exports = a" + strings.Repeat(".a", n),
		"a chain of sums":    "module.exports = 1" + strings.Repeat("+1", n),
		"not text":           "\x00\xff\xfe" + strings.Repeat("\x80", n),
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := driver.Open(context.Background(), catalog.Source{Path: packageOf(t, twoAPIs(bad))})
			if err != nil {
				t.Fatal(err)
			}
			b := &bench{T: t, conn: conn}
			b.expect("getGood", nil, `{"ok":true}`)
			r, err := b.call("p", "getBad", nil)
			if err == nil {
				t.Logf("compiled: %s", r.Structured)
				return
			}
			if code := fault.CodeOf(err); code != fault.Merchant && code != fault.Limit && code != fault.Timeout {
				t.Errorf("ended as %s: %v", code, err)
			}
		})
	}
}

// TestStuckCompilerNamesTheScript wants to be told which script it is, and why.
func TestStuckCompilerNamesTheScript(t *testing.T) {
	t.Parallel()
	b := open(t, catalog.Source{Path: packageOf(t, twoAPIs("module.exports = "+strings.Repeat("a=>", 20_000)+"1"))})
	_, err := b.call("p", "getBad", nil)
	if !fault.Is(err, fault.Merchant) || !strings.Contains(err.Error(), "skills/x/bad.js cannot be compiled") {
		t.Errorf("got %v", err)
	}
	b.expect("getGood", nil, `{"ok":true}`)
}

// TestTooManyStuckScripts bounds what opening one package may cost.
func TestTooManyStuckScripts(t *testing.T) {
	t.Parallel()
	stuck := strings.Repeat("a=>", 20_000) + "1"
	files := twoAPIs(stuck)
	for _, n := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		files["skills/x/"+n+".js"] = stuck
	}
	maps.Copy(files, map[string]string{"skills/y/index.js": "wx.modelContext.createSkill('skills/y')", "skills/y/mcp.json": `{"apis":[]}`})
	b := open(t, catalog.Source{Path: packageOf(t, files)})
	if _, err := b.call("p", "getGood", nil); err == nil || !strings.Contains(err.Error(), "more than 3 scripts cannot be compiled") {
		t.Errorf("got %v", err)
	}
}

// TestOpeningEndsWithItsContext stops compiling when nobody waits for it.
func TestOpeningEndsWithItsContext(t *testing.T) {
	t.Parallel()
	driver := newDriver(t, skill.NewMemoryStorage())
	dir := packageOf(t, twoAPIs(strings.Repeat("a=>", 20_000)+"1"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := driver.Open(ctx, catalog.Source{Path: dir}); !fault.Is(err, fault.Cancelled) {
		t.Errorf("got %v", err)
	}
}

// TestDescribingNeedsNoWorkers lists a package's apis without a pool; calling it says why it cannot.
func TestDescribingNeedsNoWorkers(t *testing.T) {
	t.Parallel()
	conn, err := skill.New(nil, skill.NewMemoryStorage()).Open(context.Background(), catalog.Source{Path: "testdata/wx"})
	if err != nil || len(conn.Service().Capabilities) == 0 {
		t.Fatal(err)
	}
	b := &bench{T: t, conn: conn}
	if _, err := b.call("p", "searchGoods", nil); !fault.Is(err, fault.Internal) {
		t.Errorf("got %v", err)
	}
}
