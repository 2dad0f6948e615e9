package check

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"
	"github.com/go-sourcemap/sourcemap"
)

// The bounds of what is parsed: parsers are recursive, and a hostile file must not exhaust the stack. Nested
// arrow functions cost the parser the square of their number, and the compiler more than that.
const (
	maxScriptBytes   = 256 << 10
	maxScriptDepth   = 400
	maxScriptArrows  = 4000
	maxCompileArrows = 300
	maxRunBytes      = 32 << 20 // scripts parsed in one run
	maxRunArrows     = 40_000
)

// script is a parsed source file. Its tree is nil when it could not be parsed; then only what a tolerant
// scan of its text finds is known.
type script struct {
	file  string
	text  string
	tree  *ast.Program
	fault string // why there is no tree
	code  string // the text that was parsed
	lines *sourcemap.Consumer
	ends  []int // offsets of the line breaks in code
	facts facts
}

// script parses a file once. ES modules and TypeScript are compiled first, with their lines kept.
func (c *checker) script(name string) (*script, bool) {
	if s, ok := c.scripts[name]; ok {
		return s, true
	}
	text, ok := c.read(name)
	if !ok {
		return nil, false
	}
	c.at(name)
	s := &script{file: name, text: text}
	arrows := strings.Count(text, "=>")
	c.bytes, c.arrows = c.bytes+len(text), c.arrows+arrows
	switch {
	case slices.Contains(c.skip, name):
		s.fault = "parsing it takes more time or memory than it may"
	case c.bytes > maxRunBytes || c.arrows > maxRunArrows:
		s.fault = "the package has more code than is parsed"
	case len(text) > maxScriptBytes || arrows > maxScriptArrows || tooNested(text):
		s.fault = "too large or too deeply nested"
	case !utf8.ValidString(text):
		s.fault = "not UTF-8"
	default:
		s.parse(arrows)
	}
	s.learn()
	c.scripts[name] = s
	return s, true
}

func (s *script) parse(arrows int) {
	body := strings.TrimPrefix(s.text, "\ufeff")
	if path.Ext(s.file) == ".js" && (s.try(body) || s.try(plainModule(body))) {
		return
	}
	if arrows > maxCompileArrows {
		return
	}
	for _, target := range []api.Target{api.ESNext, api.ES2017} {
		out := api.Transform(body, api.TransformOptions{Loader: loaderOf(s.file), Format: api.FormatCommonJS, Target: target,
			Sourcemap: api.SourceMapExternal, Sourcefile: s.file, LogLevel: api.LogLevelSilent, Charset: api.CharsetUTF8})
		if len(out.Errors) > 0 {
			s.fault = out.Errors[0].Text
			return
		}
		if s.try(string(out.Code)) {
			s.lines, _ = sourcemap.Parse("", out.Map)
			return
		}
	}
}

func loaderOf(name string) api.Loader {
	if path.Ext(name) == ".ts" {
		return api.LoaderTS
	}
	return api.LoaderJS
}

func (s *script) try(code string) bool {
	tree, err := parser.ParseFile(nil, s.file, code, parser.IgnoreRegExpErrors, parser.WithDisableSourceMaps)
	if err != nil {
		s.fault = err.Error()
		return false
	}
	s.tree, s.code, s.fault, s.ends = tree, code, "", nil
	for i := range len(code) {
		if code[i] == '\n' {
			s.ends = append(s.ends, i)
		}
	}
	return true
}

// line is where a node stands in the file as written.
func (s *script) line(n ast.Node) int {
	offset := min(max(int(position(n))-1, 0), len(s.code))
	breaks, _ := slices.BinarySearch(s.ends, offset)
	line := breaks + 1
	if s.lines == nil {
		return line
	}
	start := 0
	if breaks > 0 {
		start = s.ends[breaks-1] + 1
	}
	if _, _, mapped, _, ok := s.lines.Source(line, offset-start); ok && mapped > 0 {
		return mapped
	}
	return line
}

// position is where a node is told to stand. For a chain of calls that is its last link: the start of the
// chain is further away, and finding it costs a walk along the chain.
func position(n ast.Node) file.Idx {
	switch x := n.(type) {
	case *ast.CallExpression:
		return x.LeftParenthesis
	case *ast.DotExpression:
		return x.Identifier.Idx
	case *ast.BracketExpression:
		return x.LeftBracket
	}
	return n.Idx0()
}

// tooNested counts brackets without caring for strings: it errs on the careful side.
func tooNested(text string) bool {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(', '[', '{':
			if depth++; depth > maxScriptDepth {
				return true
			}
		case ')', ']', '}':
			depth = max(depth-1, 0)
		}
	}
	return false
}

var (
	importFrom  = regexp.MustCompile(`(?m)^([ \t]*)import\s+([\w$*\s{},]+?)\s+from\s*(['"][^'"\n]+['"])`)
	importBare  = regexp.MustCompile(`(?m)^([ \t]*)import\s*(['"][^'"\n]+['"])`)
	exportFrom  = regexp.MustCompile(`(?m)^([ \t]*)export\s+(?:\*(?:\s+as\s+[\w$]+)?|\{[^}]*\})\s*from\s*(['"][^'"\n]+['"])`)
	exportNames = regexp.MustCompile(`(?m)^([ \t]*)export\s*\{[^}]*\}`)
	exportThing = regexp.MustCompile(`(?m)^([ \t]*)export\s+(async\b|function\b|const\b|let\b|var\b|class\b)`)
	exportMain  = regexp.MustCompile(`(?m)^([ \t]*)export\s+default\s+`)
)

// plainModule rewrites the import and export statements of an ES module, line by line, so that a parser of
// scripts takes it. It only serves reading: nothing of it is ever run.
func plainModule(code string) string {
	keepLines := func(re *regexp.Regexp, with string, group int) {
		code = re.ReplaceAllStringFunc(code, func(stmt string) string {
			m := re.FindStringSubmatch(stmt)
			out := m[1] + with
			if group > 0 {
				out = m[1] + strings.Replace(with, "$", m[group], 1)
			}
			return out + strings.Repeat("\n", max(strings.Count(stmt, "\n")-strings.Count(out, "\n"), 0))
		})
	}
	keepLines(importFrom, "require($)", 3)
	keepLines(importBare, "require($)", 2)
	keepLines(exportFrom, "require($)", 2)
	keepLines(exportNames, "", 0)
	keepLines(exportThing, "$", 2)
	keepLines(exportMain, "module.exports.default = ", 0)
	return code
}
