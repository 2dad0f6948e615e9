package check

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// Run validates a package by the rules of its dialect.
func Run(pkg *miniapp.Package) []Finding { return run(pkg, nil, func(string) {}) }

// run tells at what it works. Scripts in skip are not parsed.
func run(pkg *miniapp.Package, skip []string, at func(string)) []Finding {
	c := &checker{pkg: pkg, scripts: map[string]*script{}, skip: skip, at: at}
	for _, r := range rules {
		if r.Dialect == "" || r.Dialect == pkg.Dialect {
			c.rule = r
			if r.run != nil {
				r.run(c)
			}
		}
	}
	c.rule = problemRule
	problems(c)
	return sorted(c.findings)
}

// checker is one run over one package.
type checker struct {
	pkg      *miniapp.Package
	rule     Rule
	scripts  map[string]*script
	findings []Finding
	skip     []string
	at       func(file string)
	bytes    int // parsed so far
	arrows   int
}

// at is where a finding stands.
type at struct {
	file string
	line int
}

func (c *checker) fail(where at, mend, format string, args ...any) {
	c.add(c.rule.Level, where, mend, format, args...)
}

func (c *checker) warn(where at, mend, format string, args ...any) {
	c.add(Warning, where, mend, format, args...)
}

func (c *checker) add(level Level, where at, mend, format string, args ...any) {
	if mend == "" {
		mend = c.rule.Mend
	}
	if len(c.findings) < MaxFindings {
		c.findings = append(c.findings, Finding{Rule: c.rule.ID, Level: level, File: where.file, Line: where.line,
			Message: fmt.Sprintf(format, args...), Mend: mend})
	}
}

// read yields a file of the package as text.
func (c *checker) read(file string) (string, bool) {
	b, err := fs.ReadFile(c.pkg.FS, file)
	return string(b), err == nil
}

// files lists the files below dir with the extension, in order.
func (c *checker) files(dir, ext string) []string {
	var list []string
	_ = fs.WalkDir(c.pkg.FS, dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) == ext {
			list = append(list, name)
		}
		return nil
	})
	return list
}

func (c *checker) exists(file string) bool { return c.pkg.Exists(file) }

// folders lists the folders directly in dir.
func (c *checker) folders(dir string) []string {
	var list []string
	entries, _ := fs.ReadDir(c.pkg.FS, dir)
	for _, e := range entries {
		if e.IsDir() {
			list = append(list, path.Join(dir, e.Name()))
		}
	}
	return list
}

// implFolders are where handlers lie, in the order in which the platform looks.
var implFolders = []string{"apis", "tools/services", "tools"}

// implementation finds the file of an api's handler; "" when there is none.
func (c *checker) implementation(s *miniapp.Skill, api string) string {
	if strings.ContainsAny(api, "/\\") {
		return ""
	}
	for _, dir := range implFolders {
		for _, ext := range []string{".js", ".ts"} {
			if file := path.Join(s.Path, dir, api+ext); c.exists(file) {
				return file
			}
		}
	}
	return ""
}

// within tells whether file lies in dir or below it.
func within(file, dir string) bool {
	return dir == "." || file == dir || strings.HasPrefix(file, dir+"/")
}

// subpackage finds the root of the subpackage that holds a skill: the longest one, else the folder above.
func (c *checker) subpackage(s *miniapp.Skill) string {
	best := ""
	for _, sub := range c.pkg.App.SubPackages {
		if within(s.Path, sub.Root) && len(sub.Root) > len(best) {
			best = sub.Root
		}
	}
	if best == "" {
		return path.Dir(s.Path)
	}
	return best
}

// mcpFile is the path of a skill's mcp.json.
func mcpFile(s *miniapp.Skill) string { return path.Join(s.Path, "mcp.json") }
