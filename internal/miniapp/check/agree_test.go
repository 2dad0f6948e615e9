package check_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/miniapp"
	"github.com/bangwo/bangwo/internal/miniapp/check"
)

const kiosk = "../testdata/wx-kiosk"

// errorRules lists the platform's rules that report errors, each once.
func errorRules(t *testing.T, dir string) []string {
	t.Helper()
	p, err := miniapp.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, f := range check.Run(p) {
		if f.Level == check.Error && f.Rule[0] == 'V' && !slices.Contains(list, f.Rule) {
			list = append(list, f.Rule)
		}
		if f.Message == "" || f.Mend == "" {
			t.Errorf("finding without message or mend: %+v", f)
		}
	}
	slices.Sort(list)
	return list
}

func TestMutations(t *testing.T) {
	for _, m := range mutations {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, kiosk)
			m.do(b)
			if got := strings.Join(errorRules(t, b.dir), " "); got != m.want {
				t.Errorf("errors by %q, want %q", got, m.want)
			}
		})
	}
}

// TestAgreesWithOfficialValidator runs WeChat's own validator beside ours. It needs node, the validator
// (BANGWO_WXA_VALIDATE=…/validate.mjs), and takes further packages to break from BANGWO_WXA_PACKAGES (a path list).
func TestAgreesWithOfficialValidator(t *testing.T) {
	tool := os.Getenv("BANGWO_WXA_VALIDATE")
	if tool == "" {
		t.Skip("BANGWO_WXA_VALIDATE is not set")
	}
	bases := append([]string{kiosk}, filepath.SplitList(os.Getenv("BANGWO_WXA_PACKAGES"))...)
	for _, base := range bases {
		same, known, total := 0, 0, 0
		for _, m := range mutations {
			b := newBench(t, base)
			m.do(b)
			ours := errorRules(t, b.dir)
			theirs := official(t, tool, b.dir)
			total++
			switch {
			case slices.Equal(ours, theirs):
				same++
			case m.differ != "":
				known++
				t.Logf("%s: %s: ours %v, theirs %v: %s", filepath.Base(base), m.name, ours, theirs, m.differ)
			default:
				t.Errorf("%s: %s: ours %v, theirs %v", filepath.Base(base), m.name, ours, theirs)
			}
		}
		t.Logf("%s: same error rules on %d of %d, known differences %d", filepath.Base(base), same, total, known)
	}
}

// official runs WeChat's validator; exit 1 means that it found errors.
func official(t *testing.T, tool, dir string) []string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "report.json")
	if msg, err := exec.Command("node", tool, dir, "--output", out).CombinedOutput(); err != nil && !strings.Contains(string(msg), "RESULT:") {
		t.Fatalf("validator: %v\n%s", err, msg)
	}
	body, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Results []struct{ ID, Level string }
	}
	if err := json.Unmarshal(body, &report); err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, r := range report.Results {
		if r.Level == "error" && !slices.Contains(list, r.ID) {
			list = append(list, r.ID)
		}
	}
	slices.Sort(list)
	return list
}
