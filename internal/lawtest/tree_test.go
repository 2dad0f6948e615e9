package lawtest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/bangwo/bangwo/"

// source is one Go file of the house that is not a test.
type source struct {
	path string // from the root, with slashes
	pkg  string // its folder
	file *ast.File
	fset *token.FileSet
}

// skipped folders hold what others wrote, what was built, or data.
var skipped = map[string]bool{"node_modules": true, "dist": true, "data": true, "bin": true, "testdata": true, ".git": true, ".cache": true,
	"test-results": true, "playwright-report": true}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		t.Fatalf("the root of the module is not two folders up: %v", err)
	}
	return dir
}

// walk calls visit with every file of the house, by its path from the root.
func walk(t *testing.T, visit func(rel string)) {
	t.Helper()
	top := root(t)
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			if os.IsNotExist(err) { // a build or another test removed it meanwhile
				return nil
			}
			return err
		}
		if d.IsDir() {
			if skipped[d.Name()] && path != top {
				return filepath.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(top, path)
		visit(filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sources parses every Go file that is not a test.
func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	fset := token.NewFileSet()
	walk(t, func(rel string) {
		if !strings.HasSuffix(rel, ".go") || strings.HasSuffix(rel, "_test.go") {
			return
		}
		file, err := parser.ParseFile(fset, filepath.Join(root(t), rel), nil, parser.ParseComments)
		if err != nil {
			t.Errorf("%s: %v", rel, err)
			return
		}
		out = append(out, source{path: rel, pkg: filepath.ToSlash(filepath.Dir(rel)), file: file, fset: fset})
	})
	if len(out) == 0 {
		t.Fatal("no Go file found")
	}
	return out
}
