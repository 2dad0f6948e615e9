package check

import (
	"regexp"
	"strings"

	"github.com/dop251/goja/ast"
)

// facts are what the rules ask about a script.
type facts struct {
	calls      []call
	imports    []mention
	registered []mention // names given to registerAPI
	skills     []mention // paths given to createSkill
	hidden     bool      // registerAPI is called with names that cannot be seen
	async      map[string]bool
	structured []object // literals of structuredContent
	handoffs   []object // literals of handoff.query
	queryKeys  []mention
	handoff    bool
}

type mention struct {
	name string
	line int
}

type call struct {
	name string // dotted callee
	args []ast.Expression
	line int
	up   trail
}

type object struct {
	keys []member
	open bool // a spread or a computed key hides some
	line int
}

func (s *script) learn() {
	s.facts.async = map[string]bool{}
	s.facts.handoff = handoffWord.MatchString(s.text)
	if s.tree == nil {
		s.scan()
		return
	}
	walk(s.tree, func(n ast.Node, up trail) bool {
		s.learnNode(n, up)
		return true
	})
}

func (s *script) learnNode(n ast.Node, up trail) {
	f := &s.facts
	switch x := n.(type) {
	case *ast.CallExpression:
		s.learnCall(x, up)
	case *ast.FunctionLiteral:
		if x.Async && x.Name != nil {
			f.async[x.Name.Name.String()] = true
		}
	case *ast.Binding:
		if id, ok := x.Target.(*ast.Identifier); ok && isAsync(x.Initializer) {
			f.async[id.Name.String()] = true
		}
	case *ast.AssignExpression:
		if name := dotted(x.Left); name != "" {
			last := name[strings.LastIndexByte(name, '.')+1:]
			if isAsync(x.Right) {
				f.async[last] = true
			}
			s.learnMember(member{name: last, value: x.Right, node: x})
		}
	case *ast.PropertyKeyed:
		if name, ok := keyName(x); ok {
			if isAsync(x.Value) {
				f.async[name] = true
			}
			s.learnMember(member{name: name, value: x.Value, node: x})
		}
	case *ast.MethodDefinition:
		if name, ok := text(x.Key); ok && x.Body != nil && x.Body.Async {
			f.async[name] = true
		}
	}
}

// learnMember looks at what is named structuredContent or handoff.
func (s *script) learnMember(m member) {
	switch m.name {
	case "structuredContent":
		if keys, open, ok := members(m.value); ok {
			s.facts.structured = append(s.facts.structured, object{keys, open, s.line(m.node)})
		}
	case "handoff":
		walk(m.value, func(n ast.Node, _ trail) bool {
			if p, ok := n.(*ast.PropertyKeyed); ok {
				if name, ok := keyName(p); ok && name == "query" {
					s.learnQuery(p.Value)
				}
			}
			return true
		})
	}
}

func (s *script) learnQuery(e ast.Expression) {
	if keys, open, ok := members(e); ok {
		s.facts.handoffs = append(s.facts.handoffs, object{keys, open, s.line(e)})
		return
	}
	written, ok := text(e)
	if t, isTemplate := bare(e).(*ast.TemplateLiteral); isTemplate {
		for _, part := range t.Elements {
			written += part.Parsed.String() + "\x00" // a value that is not known
		}
		ok = true
	}
	if !ok {
		return
	}
	for _, m := range queryKey.FindAllStringSubmatch(written, 32) {
		s.facts.queryKeys = append(s.facts.queryKeys, mention{m[1], s.line(e)})
	}
}

func (s *script) learnCall(x *ast.CallExpression, up trail) {
	name, line := dotted(x.Callee), s.line(x)
	var way trail // only these are asked where they stand
	if strings.HasSuffix(name, "tradePay") || strings.HasSuffix(name, "sendFollowUpMessage") {
		way = append(way, up...)
	}
	s.facts.calls = append(s.facts.calls, call{name, x.ArgumentList, line, way})
	if len(x.ArgumentList) == 0 {
		return
	}
	first, literal := text(x.ArgumentList[0])
	switch {
	case name == "require" && literal:
		s.facts.imports = append(s.facts.imports, mention{first, line})
	case strings.HasSuffix(name, "registerAPI") && literal:
		s.facts.registered = append(s.facts.registered, mention{first, line})
	case strings.HasSuffix(name, ".registerAPI"):
		s.facts.hidden = true
	case strings.HasSuffix(name, ".createSkill") && literal:
		s.facts.skills = append(s.facts.skills, mention{first, line})
	}
}

var (
	handoffWord = regexp.MustCompile(`\bhandoff\b`)
	queryKey    = regexp.MustCompile(`(?:^|[?&])([A-Za-z_]\w*)=`)

	// The tolerant scan, for files that no parser takes.
	scanImport   = regexp.MustCompile(`(?:require\s*\(\s*|\bfrom\s+|\bimport\s+)['"]([^'"]+)['"]`)
	scanRegister = regexp.MustCompile(`registerAPI\s*\(\s*['"](\w+)['"]`)
	scanSkill    = regexp.MustCompile(`createSkill\s*\(\s*['"]([^'"]+)['"]`)
	scanAsync    = regexp.MustCompile(`async\s+function\s+(\w+)|(\w+)\s*[=:]\s*async\b|async\s+(\w+)\s*\(`)
	scanCall     = regexp.MustCompile(`\b((?:\w+\.)*\w+)\s*\(`)
)

func (s *script) scan() {
	lineAt := func(offset int) int { return 1 + strings.Count(s.text[:offset], "\n") }
	collect := func(re *regexp.Regexp) (list []mention) {
		for _, m := range re.FindAllStringSubmatchIndex(s.text, 2000) {
			for g := 2; g < len(m); g += 2 {
				if m[g] >= 0 {
					list = append(list, mention{s.text[m[g]:m[g+1]], lineAt(m[0])})
				}
			}
		}
		return list
	}
	s.facts.imports, s.facts.registered, s.facts.skills = collect(scanImport), collect(scanRegister), collect(scanSkill)
	for _, m := range collect(scanAsync) {
		s.facts.async[m.name] = true
	}
	for _, m := range collect(scanCall) {
		s.facts.calls = append(s.facts.calls, call{name: m.name, line: m.line})
	}
}
