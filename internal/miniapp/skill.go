package miniapp

import (
	"path"
	"strconv"
)

// entries are the files that may register a skill's apis, the one that runs first.
var entries = []string{"index.js", "index.ts"}

func (p *Package) readSkills() {
	entries := p.App.Agent.Skills
	if len(entries) > MaxSkills {
		p.report("app.json", p.App.Doc.Line("/agent/skills"), "split the app", "more than "+strconv.Itoa(MaxSkills)+" skills; the rest was not read")
		entries = entries[:MaxSkills]
	}
	taken := map[string]bool{}
	for _, e := range entries {
		dir := inside(e.Path)
		if dir == "" {
			p.report("app.json", e.Line, "give the skill's folder, relative to app.json", "agent.skills has an entry without a usable path")
			continue
		}
		if taken[dir] {
			p.report("app.json", e.Line, "name each skill once", "agent.skills names "+dir+" twice")
			continue
		}
		taken[dir] = true
		if s := p.readSkill(dir, e); s != nil {
			s.Declared = true
			p.Skills = append(p.Skills, *s)
		}
	}
	if len(p.Skills) == 0 {
		p.findSkills(taken)
	}
}

// findSkills takes the folders that look like skills, wherever they are: packages keep them undeclared while their
// platform does not review them yet.
func (p *Package) findSkills(taken map[string]bool) {
	files, _ := p.FS.(*snapshot)
	for _, name := range files.names() {
		dir := path.Dir(name)
		if path.Base(name) != "mcp.json" || taken[dir] || len(p.Skills) >= MaxSkills {
			continue
		}
		if _, ok := files.skillAt(dir); !ok {
			continue
		}
		p.report("app.json", 0, "add it to app.json: agent.skills", dir+" looks like a skill, but app.json does not name it")
		if s := p.readSkill(dir, SkillEntry{Path: dir}); s != nil {
			p.Skills = append(p.Skills, *s)
		}
	}
}

// readSkill loads one skill folder; nil when there is nothing of a skill in it.
func (p *Package) readSkill(dir string, e SkillEntry) *Skill {
	s := &Skill{Name: e.Name, Description: e.Description, Path: dir, Entry: e}
	for _, f := range entries {
		if p.Exists(path.Join(dir, f)) {
			s.EntryFile = path.Join(dir, f)
			break
		}
	}
	mcp := path.Join(dir, "mcp.json")
	if s.EntryFile == "" && !p.Exists(mcp) {
		p.report("app.json", e.Line, "correct the path or add the skill", "skill folder "+dir+" has neither index.js nor mcp.json")
		return nil
	}
	if s.EntryFile == "" {
		p.report(path.Join(dir, "index.js"), 0, "create it and register the apis", "the skill has no index.js")
	}
	if s.MCP = p.doc(mcp); s.MCP != nil {
		apis, components, problems := ParseMCP(s.MCP)
		s.APIs, s.Components = apis, components
		for _, pr := range problems {
			p.report(pr.File, pr.Line, pr.Mend, pr.Message)
		}
	}
	p.readSkillText(s)
	if s.Name == "" && dir == "." {
		s.Name = firstText(s.FrontMatter["name"], p.Name)
	} else if s.Name == "" {
		s.Name = firstText(s.FrontMatter["name"], path.Base(dir))
	}
	if s.Description == "" {
		s.Description = firstText(s.FrontMatter["description"])
	}
	return s
}

func (p *Package) readSkillText(s *Skill) {
	file := path.Join(s.Path, "SKILL.md")
	text, ok := p.text(file)
	if !ok {
		p.report(file, 0, "create SKILL.md, in capitals", "the skill has no SKILL.md")
		return
	}
	s.Instruction = text
	matter, body, err := splitFrontMatter(text)
	if err != nil {
		p.report(file, 1, "write the front matter as YAML between two lines of ---", "front matter is not YAML: "+err.Error())
	}
	s.FrontMatter = matter
	s.Triggers = triggers(matter, body)
}
