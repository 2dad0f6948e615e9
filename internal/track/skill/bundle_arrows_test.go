package skill_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
)

// TestNestedArrowsAreRefused opens a package whose script would keep the compiler busy for minutes: the file is
// refused, opening ends, and the capability says why when it is called.
func TestNestedArrowsAreRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"app.json":          `{"pages":[],"subPackages":[{"root":"skills","independent":true,"pages":[]}],"agent":{"skills":[{"name":"x","description":"x","path":"skills/x"}]}}`,
		"skills/x/SKILL.md": "x",
		"skills/x/mcp.json": `{"apis":[{"name":"getX","description":"x","inputSchema":{"type":"object","properties":{}}}]}`,
		"skills/x/index.js": "const s = wx.modelContext.createSkill('skills/x')\ns.registerAPI('getX', require('./deep'))",
		"skills/x/deep.js":  "module.exports = " + strings.Repeat("a=>", 5000) + "1",
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b := open(t, catalog.Source{Track: catalog.TrackSkill, Path: dir})
	if _, err := b.call("p", "getX", nil); err == nil || !strings.Contains(err.Error(), "arrow") {
		t.Errorf("the call must say what is wrong with the script, got %v", err)
	}
}
