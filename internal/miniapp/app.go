package miniapp

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
)

type rawApp struct {
	Pages       any            `json:"pages"`
	SubPackages []any          `json:"subPackages"`
	Subpackages []any          `json:"subpackages"`
	Window      map[string]any `json:"window"`
	Lazy        string         `json:"lazyCodeLoading"`
	Agent       *rawAgent      `json:"agent"`
	Alias       map[string]any `json:"resolveAlias"`
}

type rawAgent struct {
	Instruction  any   `json:"instruction"`
	Skills       []any `json:"skills"`
	PageMetadata any   `json:"pageMetadata"`
}

func (p *Package) readApp() error {
	src, err := fs.ReadFile(p.FS, "app.json")
	if err != nil {
		src = []byte("{}") // skills by themselves: findRoot has reported it
	}
	doc, err := ParseDoc("app.json", src)
	if err != nil {
		return err
	}
	// Strict struct tags would let one odd member hide all others; encoding/json goes on after a type error.
	var r rawApp
	if err := doc.Decode(&r); err != nil {
		p.problem("app.json", err)
	}
	if r.Agent == nil {
		r.Agent = p.manifestAgent()
	}
	a := App{Raw: json.RawMessage(doc.JSON), Doc: doc, LazyCode: r.Lazy, MainPages: pageList(r.Pages, "")}
	for from, to := range r.Alias {
		if s := firstText(to); s != "" && len(a.Alias) < maxAlias {
			if a.Alias == nil {
				a.Alias = map[string]string{}
			}
			a.Alias[from] = s
		}
	}
	a.Title = firstText(r.Window["navigationBarTitleText"], r.Window["defaultTitle"])
	a.Pages = slices.Clone(a.MainPages)
	for _, s := range append(r.SubPackages, r.Subpackages...) {
		sub := readSub(s)
		if sub.Root == "" {
			continue
		}
		a.SubPackages = append(a.SubPackages, sub)
		a.Pages = append(a.Pages, sub.Pages...)
	}
	if r.Agent != nil {
		a.Agent = Agent{Declared: true, Instruction: firstText(r.Agent.Instruction), PageMetadata: firstText(r.Agent.PageMetadata)}
		for i, s := range r.Agent.Skills {
			a.Agent.Skills = append(a.Agent.Skills, readEntryLine(s, doc.Line(fmt.Sprintf("/agent/skills/%d", i))))
		}
	}
	p.App = a
	return nil
}

// Resolve turns an import path that uses an alias into one from the app's root.
func (a App) Resolve(spec string) string {
	for from, to := range a.Alias {
		head, star := strings.CutSuffix(from, "*")
		rest, ok := strings.CutPrefix(spec, head)
		switch {
		case star && ok:
			return "/" + strings.TrimSuffix(to, "*") + rest
		case !star && spec == from:
			return "/" + to
		}
	}
	return spec
}

// manifestAgent is the agent part of a uni-app manifest, whose build writes it into app.json.
func (p *Package) manifestAgent() *rawAgent {
	if !p.Exists("manifest.json") {
		return nil
	}
	doc := p.doc("manifest.json")
	if doc == nil {
		return nil
	}
	var m struct {
		WX struct {
			Agent *rawAgent `json:"agent"`
		} `json:"mp-weixin"`
		MY struct {
			Agent *rawAgent `json:"agent"`
		} `json:"mp-alipay"`
	}
	_ = doc.Decode(&m)
	if m.WX.Agent == nil {
		return m.MY.Agent
	}
	return m.WX.Agent
}

func readSub(v any) SubPackage {
	if s, ok := v.(string); ok {
		return SubPackage{Root: trimSlash(s)}
	}
	m, _ := v.(map[string]any)
	s := SubPackage{Root: trimSlash(firstText(m["root"]))}
	s.Pages = pageList(m["pages"], s.Root)
	s.Independent, _ = m["independent"].(bool)
	return s
}

func readEntryLine(v any, line int) SkillEntry {
	if s, ok := v.(string); ok {
		return SkillEntry{Path: s, Line: line}
	}
	m, _ := v.(map[string]any)
	return SkillEntry{Name: firstText(m["name"]), Description: firstText(m["description"]), Path: firstText(m["path"]), Line: line}
}

// pageList reads pages, which subpackages of some build tools write as objects with a path.
func pageList(v any, root string) []string {
	list, _ := v.([]any)
	var pages []string
	for _, x := range list {
		s := firstText(x)
		if m, ok := x.(map[string]any); ok {
			s = firstText(m["path"])
		}
		if s = trimSlash(s); s != "" {
			pages = append(pages, path.Join(root, s))
		}
	}
	return pages
}

func trimSlash(s string) string { return strings.Trim(strings.TrimSpace(s), "/") }

func firstText(values ...any) string {
	for _, v := range values {
		if s, ok := v.(string); ok && s != "" {
			return s
		}
	}
	return ""
}

// readAgent loads what app.json's agent part points to.
func (p *Package) readAgent() {
	a := &p.App.Agent
	if file := inside(a.Instruction); file != "" {
		text, ok := p.text(file)
		if !ok {
			p.report("app.json", p.App.Doc.Line("/agent/instruction"), "create the file or correct the path", "agent.instruction names "+a.Instruction+", which does not exist")
		}
		a.Text = text
	}
	if file := inside(a.PageMetadata); file != "" {
		a.Pages = p.readPageMeta(file)
	}
	p.readSkills()
}

// inside makes a package path of what a merchant wrote; "" when it leaves the package.
func inside(s string) string {
	c := path.Clean(strings.TrimLeft(strings.ReplaceAll(strings.TrimSpace(s), `\`, "/"), "/"))
	if s == "" || !fs.ValidPath(c) || c == "." {
		return ""
	}
	return c
}

func (p *Package) readPageMeta(file string) []PageMeta {
	doc := p.doc(file)
	if doc == nil {
		return nil
	}
	var r struct {
		Pages []struct {
			Path, Name, Description string
			Query                   json.RawMessage
		}
	}
	if err := doc.Decode(&r); err != nil {
		p.problem(file, err)
	}
	var pages []PageMeta
	for _, x := range r.Pages {
		m := PageMeta{Path: x.Path, Name: x.Name, Description: x.Description}
		if len(x.Query) > 0 {
			m.Query, _ = catalog.ParseSchema(x.Query)
		}
		pages = append(pages, m)
	}
	return pages
}
