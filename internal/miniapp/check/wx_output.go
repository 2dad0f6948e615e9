package check

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/dop251/goja/ast"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// outputs: V009.
func outputs(c *checker) {
	c.eachAPI(func(s *miniapp.Skill, a *miniapp.API) {
		file := c.implementation(s, a.Name)
		if file == "" {
			c.fail(at{mcpFile(s), a.Line}, "create "+path.Join(s.Path, "apis", a.Name+".js"), "no file implements %s", a.Name)
			return
		}
		code, ok := c.script(file)
		if !ok || len(code.facts.structured) == 0 || a.Output == nil || len(a.Output.Properties) == 0 {
			return
		}
		returned, open := map[string]bool{}, false
		for _, o := range code.facts.structured {
			open = open || o.open
			for _, m := range o.keys {
				if _, ok := a.Output.Property(m.name); !ok && !returned[m.name] {
					c.fail(at{file, code.line(m.node)}, "", "%s returns %q, which its outputSchema does not declare", a.Name, m.name)
				}
				returned[m.name] = true
			}
		}
		for _, name := range a.Output.Required {
			if !open && len(returned) > 0 && !returned[name] {
				c.fail(at{file, code.facts.structured[0].line}, "", "%s never returns %q, which its outputSchema requires", a.Name, name)
			}
		}
	})
}

// returns lists what an api returns, as far as its code shows; ok is false when that is not all.
func (c *checker) returns(s *miniapp.Skill, name string) (map[string]bool, bool) {
	code, ok := c.script(c.implementation(s, name))
	if !ok || len(code.facts.structured) == 0 {
		return nil, false
	}
	fields, whole := map[string]bool{}, true
	for _, o := range code.facts.structured {
		whole = whole && !o.open
		for _, m := range o.keys {
			fields[m.name] = true
		}
	}
	return fields, whole
}

var atomicAPI = regexp.MustCompile(`atomicApi\s*[:=]\s*['"](\w+)['"]`)

// cardReads: V010. A card that names its api is held to what that api returns; for others, a field that none
// of the apis that show the card returns or declares is a warning.
func cardReads(c *checker) {
	c.eachSkill(func(s *miniapp.Skill) {
		for _, dir := range c.folders(path.Join(s.Path, "components")) {
			code, ok := c.script(path.Join(dir, "index.js"))
			if !ok || code.tree == nil {
				continue
			}
			if m := atomicAPI.FindStringSubmatch(code.text); m != nil {
				if fields, whole := c.returns(s, m[1]); whole {
					c.unknownReads(code, fields, Error, m[1])
				}
				continue
			}
			if fields, ok := c.shown(s, path.Base(dir)); ok {
				c.unknownReads(code, fields, Warning, "no api that shows this card")
			}
		}
	})
}

// shown gathers what the apis that show a card return or declare.
func (c *checker) shown(s *miniapp.Skill, card string) (map[string]bool, bool) {
	all, any := map[string]bool{}, false
	for _, a := range s.APIs {
		if a.ComponentPath != "components/"+card+"/index" {
			continue
		}
		fields, whole := c.returns(s, a.Name)
		if !whole && a.Output == nil {
			return nil, false
		}
		any = true
		for f := range fields {
			all[f] = true
		}
		if a.Output != nil {
			for _, p := range a.Output.Properties {
				all[p.Name] = true
			}
		}
	}
	return all, any
}

func (c *checker) unknownReads(code *script, fields map[string]bool, level Level, who string) {
	for _, m := range contentReads(code) {
		if !fields[m.name] {
			c.add(level, at{code.file, m.line}, "", "the card reads structuredContent.%s; %s", m.name, refusal(level, who))
		}
	}
}

func refusal(level Level, who string) string {
	if level == Error {
		return fmt.Sprintf("%s does not return it", who)
	}
	return who + " returns it"
}

// contentReads lists the fields of structuredContent that a card reads, directly or through a variable.
func contentReads(code *script) []mention {
	alias := map[string]bool{}
	isContent := func(e ast.Expression) bool {
		name := dotted(e)
		return strings.HasSuffix(name, ".structuredContent") || alias[name]
	}
	var list []mention
	add := func(name string, n ast.Node) {
		if !slices.ContainsFunc(list, func(m mention) bool { return m.name == name }) {
			list = append(list, mention{name, code.line(n)})
		}
	}
	walk(code.tree, func(n ast.Node, _ trail) bool {
		switch x := n.(type) {
		case *ast.Binding:
			init := bare(x.Initializer)
			if or, ok := init.(*ast.BinaryExpression); ok {
				init = or.Left
			}
			if x.Initializer == nil || !isContent(init) {
				return true
			}
			if id, ok := x.Target.(*ast.Identifier); ok {
				alias[id.Name.String()] = true
			}
			if pattern, ok := x.Target.(*ast.ObjectPattern); ok {
				for _, m := range patternNames(pattern) {
					add(m, x)
				}
			}
		case *ast.DotExpression:
			if isContent(x.Left) {
				add(x.Identifier.Name.String(), x)
			}
		}
		return true
	})
	return list
}

func patternNames(p *ast.ObjectPattern) []string {
	var list []string
	for _, x := range p.Properties {
		switch m := x.(type) {
		case *ast.PropertyShort:
			list = append(list, m.Name.Name.String())
		case *ast.PropertyKeyed:
			if name, ok := keyName(m); ok {
				list = append(list, name)
			}
		}
	}
	return list
}
