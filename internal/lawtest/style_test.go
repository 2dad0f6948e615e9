package lawtest_test

import (
	"bufio"
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// The house's numbers.
const (
	maxFunction  = 70 // lines
	minDocShare  = 0.80
	maxTextBytes = 1 << 20 // larger files are not read as text
)

func TestPackagesAreIntroduced(t *testing.T) {
	t.Parallel()
	introduced := map[string]bool{}
	for _, s := range sources(t) {
		introduced[s.pkg] = introduced[s.pkg] || s.file.Doc != nil
	}
	for pkg, ok := range introduced {
		if !ok {
			t.Errorf("%s has no package comment", pkg)
		}
	}
}

func TestExportedNamesAreDocumented(t *testing.T) {
	t.Parallel()
	all, documented := map[string]int{}, map[string]int{}
	var totalAll, totalDocumented int
	for _, s := range sources(t) {
		a, d := countDocs(s.file)
		all[s.pkg] += a
		documented[s.pkg] += d
		totalAll, totalDocumented = totalAll+a, totalDocumented+d
	}
	if share := float64(totalDocumented) / float64(totalAll); share < minDocShare {
		t.Errorf("%.0f %% of exported names are documented, want %.0f %%", 100*share, 100*minDocShare)
		for pkg, n := range all {
			if float64(documented[pkg]) < minDocShare*float64(n) {
				t.Logf("%s: %d of %d", pkg, documented[pkg], n)
			}
		}
	}
}

func countDocs(f *ast.File) (all, documented int) {
	count := func(name *ast.Ident, docs ...*ast.CommentGroup) {
		if !name.IsExported() {
			return
		}
		all++
		for _, d := range docs {
			if d != nil {
				documented++
				return
			}
		}
	}
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if exportedReceiver(d) {
				count(d.Name, d.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch v := spec.(type) {
				case *ast.TypeSpec:
					count(v.Name, v.Doc, v.Comment, d.Doc)
				case *ast.ValueSpec:
					for _, name := range v.Names {
						count(name, v.Doc, v.Comment, d.Doc)
					}
				}
			}
		}
	}
	return all, documented
}

// exportedReceiver leaves out methods of unexported types: no one outside reads of them.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	typ := d.Recv.List[0].Type
	for {
		switch v := typ.(type) {
		case *ast.StarExpr:
			typ = v.X
		case *ast.IndexExpr:
			typ = v.X
		case *ast.IndexListExpr:
			typ = v.X
		case *ast.Ident:
			return v.IsExported()
		default:
			return false
		}
	}
}

func TestFunctionsAreShort(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			f, ok := n.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				return true
			}
			if lines := s.fset.Position(f.End()).Line - s.fset.Position(f.Pos()).Line + 1; lines > maxFunction {
				t.Errorf("%s: %s has %d lines, at most %d", s.path, f.Name.Name, lines, maxFunction)
			}
			return true
		})
	}
}

// foreign matches what does not belong into the product: the machine it was written on, and whoever wrote it.
// The words are put together here so that this file does not hold them itself.
var foreign = regexp.MustCompile(`(?i)(` + strings.Join([]string{
	"/wo" + "rk/(main|shared)", "/tmp/" + "ref\\b", "/tmp/" + "brief", "cla" + "ude", "anthro" + "pic", "co" + "pilot",
	"language model as an? a" + "ssistant", "generated (by|with) (an )?a" + "i\\b", "/root/" + "[a-z.]",
}, "|") + `)`)

// lockedHost matches where a lock file says a package came from.
var lockedHost = regexp.MustCompile(`"resolved": "(https?://[^/"]+)`)

func TestTheTreeSpeaksOfTheProductOnly(t *testing.T) {
	t.Parallel()
	walk(t, func(rel string) {
		path := filepath.Join(root(t), rel)
		info, err := os.Stat(path)
		if err != nil || info.Size() > maxTextBytes || rel == "docs/dependencies.md" {
			return
		}
		f, err := os.Open(path)
		if err != nil {
			return
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, maxTextBytes)
		for n := 1; lines.Scan(); n++ {
			line := lines.Text()
			if !utf8.ValidString(line) {
				return // not text
			}
			if m := foreign.FindString(line); m != "" && !strings.HasSuffix(rel, "package-lock.json") {
				t.Errorf("%s:%d speaks of %q", rel, n, m)
			}
			if m := lockedHost.FindStringSubmatch(line); m != nil && m[1] != "https://registry.npmjs.org" {
				t.Errorf("%s:%d is locked to %s, which others cannot reach", rel, n, m[1])
			}
		}
	})
}
