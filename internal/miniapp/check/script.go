package check

import (
	"path"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"
	"github.com/go-sourcemap/sourcemap"
)

// The bounds of what is parsed: parsers are recursive, and a hostile file must not exhaust the stack.
const (
	maxScriptBytes = 256 << 10
	maxScriptDepth = 400
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
	facts facts
}

// script parses a file once. ES modules and TypeScript are compiled first, with their lines kept.
func (c *checker) script(file string) (*script, bool) {
	if s, ok := c.scripts[file]; ok {
		return s, true
	}
	text, ok := c.read(file)
	if !ok {
		return nil, false
	}
	s := &script{file: file, text: text}
	s.parse()
	s.learn()
	c.scripts[file] = s
	return s, true
}

func (s *script) parse() {
	if len(s.text) > maxScriptBytes || tooNested(s.text) {
		s.fault = "too large or too deeply nested"
		return
	}
	if !utf8.ValidString(s.text) {
		s.fault = "not UTF-8"
		return
	}
	body := strings.TrimPrefix(s.text, "\ufeff")
	if path.Ext(s.file) == ".js" && s.try(body) {
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

func loaderOf(file string) api.Loader {
	if path.Ext(file) == ".ts" {
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
	s.tree, s.code, s.fault = tree, code, ""
	return true
}

// line is where a node stands in the file as written.
func (s *script) line(n ast.Node) int {
	offset := min(max(int(n.Idx0())-1, 0), len(s.code))
	before := s.code[:offset]
	line := 1 + strings.Count(before, "\n")
	if s.lines == nil {
		return line
	}
	if _, _, mapped, _, ok := s.lines.Source(line, offset-1-strings.LastIndexByte(before, '\n')); ok && mapped > 0 {
		return mapped
	}
	return line
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
