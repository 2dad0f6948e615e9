package skill_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
	"github.com/bangwo/bangwo/internal/track/skill"
)

// ours are failures that point at the host rather than at the package or the missing network.
var ours = regexp.MustCompile(`is not defined|not a function|cannot be compiled|SyntaxError|is not registered|never finished|parameter error|undefined|no function|missing result`)

// TestForeignPackages opens the packages that BANGWO_SKILL_PACKAGES names, a list of folders and zips, and calls each
// of their apis with arguments made of its schema and of what other apis returned: with every door shut, with only what
// is required and with everything, and with every door open. It fails on packages that do not open and on endings that point at the host.
func TestForeignPackages(t *testing.T) {
	list := os.Getenv("BANGWO_SKILL_PACKAGES")
	if list == "" {
		t.Skip("BANGWO_SKILL_PACKAGES names no packages")
	}
	driver := newDriver(t, skill.NewMemoryStorage())
	for _, dir := range filepath.SplitList(list) {
		t.Run(dir, func(t *testing.T) {
			conn, err := driver.Open(context.Background(), catalog.Source{Path: dir})
			if err != nil {
				t.Fatal(err)
			}
			v := &visit{T: t, conn: conn, seen: map[string]any{}}
			v.all(nil, true)
			v.all(nil, false)
			v.all(grant{track.DoorPayment: {}, track.DoorLogin: {"code": "c"}, track.DoorAddress: {"name": "安", "phone": "13800000000", "detail": "路 1 号"},
				track.DoorLocation: {"latitude": 31.2, "longitude": 121.4}, track.DoorPhone: {"phone": "13800000000"}, track.DoorProfile: {"name": "安"}, track.DoorOther: {}}, false)
		})
	}
}

type visit struct {
	*testing.T
	conn track.Connection
	seen map[string]any // values that apis returned, by their names
}

func (v *visit) all(doors track.Doors, least bool) {
	for _, c := range v.conn.Service().Capabilities {
		args := map[string]any{}
		for _, p := range c.Input.Properties {
			if p.Required || !least {
				args[p.Name] = v.value(p.Schema, p.Name, 0)
			}
		}
		r, err := v.conn.Call(context.Background(), track.Call{Service: v.Name(), Person: "p", Skill: c.Skill, Capability: c.Name, Args: args, Doors: doors})
		given, _ := json.Marshal(args)
		said := strings.Join(r.Text, " ")
		switch {
		case err != nil && ours.MatchString(err.Error()):
			v.Errorf("%s/%s %s: %v", c.Skill, c.Name, given, err)
		case err != nil:
			v.Logf("%s/%s %s: %v", c.Skill, c.Name, given, err)
		case ours.MatchString(said):
			v.Errorf("%s/%s %s said: %.300s", c.Skill, c.Name, given, said)
		default:
			v.Logf("%s/%s %s → error %v, %.120s | %.160s", c.Skill, c.Name, given, r.IsError, r.Structured, said)
		}
		var result any
		if json.Unmarshal(r.Structured, &result) == nil {
			v.learn(result)
		}
	}
}

func (v *visit) learn(value any) {
	switch x := value.(type) {
	case map[string]any:
		for k, y := range x {
			if s, ok := y.(string); (ok && s != "") || isNumber(y) {
				v.seen[k] = y
			}
			v.learn(y)
		}
	case []any:
		for _, y := range x[:min(1, len(x))] {
			v.learn(y)
		}
	}
}

func isNumber(v any) bool { _, ok := v.(float64); return ok }

func (v *visit) value(s *catalog.Schema, name string, depth int) any {
	if s == nil || depth > 4 {
		return nil
	}
	if len(s.Enum) > 0 {
		return s.Enum[0]
	}
	kind := ""
	if len(s.Types) > 0 {
		kind = s.Types[0]
	}
	if known, ok := v.seen[name]; ok && ((kind == "string" && !isNumber(known)) || (kind != "string" && kind != "object" && kind != "array" && isNumber(known))) {
		return known
	}
	switch {
	case kind == "object" || len(s.Properties) > 0:
		out := map[string]any{}
		for _, p := range s.Properties {
			out[p.Name] = v.value(p.Schema, p.Name, depth+1)
		}
		return out
	case kind == "array":
		return []any{v.value(s.Items, name, depth+1)}
	case kind == "number" || kind == "integer":
		return 1.0
	case kind == "boolean":
		return true
	case s.Format == "image" || s.Format == "file":
		return "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
	case strings.Contains(strings.ToLower(name), "phone"):
		return "13800000000"
	case strings.Contains(strings.ToLower(name), "date"):
		return "2026-11-30"
	case strings.Contains(strings.ToLower(name), "time"):
		return "10:00"
	}
	if m := sample.FindStringSubmatch(s.Description); m != nil {
		return m[1]
	}
	return "测试"
}

// sample is what a description gives as an example.
var sample = regexp.MustCompile(`[「“"'‘]([^」”"'’]{1,20})[」”"'’]`)
