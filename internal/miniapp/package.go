// Package miniapp loads mini-program packages: WeChat (wx) and Alipay (my), from a folder or a zip. It reads
// what merchants already have, in every variant that is out there, and holds it as one shape. It trusts
// nothing: everything is bounded, nothing outside the package is ever read, and a broken skill does not keep
// the others from loading.
package miniapp

import (
	"encoding/json"
	"io/fs"

	"github.com/bangwo/bangwo/internal/catalog"
)

// Dialects: whose names a package speaks.
const (
	WX = "wx" // WeChat
	MY = "my" // Alipay
)

// The bounds of a package.
const (
	MaxFiles      = 8000      // files in a package
	MaxFileBytes  = 8 << 20   // one file, unpacked
	MaxTotalBytes = 64 << 20  // all files, unpacked
	MaxZipBytes   = 64 << 20  // the zip itself
	MaxPathBytes  = 512       // one path
	MaxPathDepth  = 24        // folders in one path
	MaxJSONBytes  = 1 << 20   // app.json, mcp.json and their kin
	MaxJSONDepth  = 64        // nested values in them
	MaxTextBytes  = 256 << 10 // SKILL.md and instructions
	MaxSkills     = 60        // skills read of one package; the platforms allow 30
	MaxAPIs       = 500       // apis and components read of one mcp.json
	MaxProblems   = 500       // problems reported of one package
	MaxDomains    = 64        // declared request domains
	maxAlias      = 64        // entries of resolveAlias
	maxRootDepth  = 3         // how deep below the given folder the app may lie
)

// Package is a loaded mini-program.
type Package struct {
	Name        string // for people
	Dialect     string // WX or MY
	Evidence    []string
	FS          fs.FS  // the app's files, rooted at the folder of app.json; a snapshot, does not change
	Root        string // where that folder lies in what was opened; "." at the top
	Hash        string // of all files: the same for a folder and for a zip of it
	App         App
	Project     json.RawMessage // project.config.json or mini.project.json, as standard JSON
	ProjectFile string          // its path in what was opened; "" if there is none
	Skills      []Skill
	Domains     []string // request domains the package itself states; empty says nothing about what it calls
	Problems    []Problem
}

// App is app.json.
type App struct {
	Title       string   // window.navigationBarTitleText, or Alipay's window.defaultTitle
	Pages       []string // of the main package and all subpackages, without leading slash
	MainPages   []string
	SubPackages []SubPackage
	LazyCode    string            // lazyCodeLoading
	Alias       map[string]string // resolveAlias: other names of folders in import paths
	Agent       Agent
	Raw         json.RawMessage // standard JSON
	Doc         *Doc            // with the positions of the source
}

// SubPackage is one entry of subPackages (or subpackages).
type SubPackage struct {
	Root        string
	Pages       []string
	Independent bool
}

// Agent is app.json's agent part.
type Agent struct {
	Declared     bool   // app.json has it
	Instruction  string // path of AGENTS.md as written
	Text         string // what stands there
	Skills       []SkillEntry
	PageMetadata string // path of page-meta.json as written
	Pages        []PageMeta
}

// SkillEntry is one line of agent.skills as written.
type SkillEntry struct {
	Name        string
	Description string
	Path        string
	Line        int
}

// PageMeta is one page that a model may link to.
type PageMeta struct {
	Path        string
	Name        string
	Description string
	Query       *catalog.Schema
}

// Skill is one packaged scenario.
type Skill struct {
	Name        string
	Description string
	Path        string // folder, slash-separated, relative to the app root
	Declared    bool   // named in app.json; else found in a usual place
	Entry       SkillEntry
	EntryFile   string // index.js or index.ts, relative to the app root; "" if there is none
	Instruction string // SKILL.md
	FrontMatter map[string]any
	Triggers    []string // what people say, as SKILL.md quotes or lists it
	APIs        []API
	Components  []Component
	MCP         *Doc // mcp.json; nil when there is none or it cannot be read
}

// API is one entry of mcp.json's apis: an atomic interface.
type API struct {
	Name          string
	Description   string
	Input         *catalog.Schema
	Output        *catalog.Schema // nil when the package states none
	ComponentPath string          // its card, relative to the skill's folder
	PagePath      string          // its handoff page, from the app root
	Raw           json.RawMessage
	Line          int // in mcp.json
}

// Component is one entry of mcp.json's components: a card.
type Component struct {
	Path        string
	RelatedPage string
	Permissions []string // their scopes
	Dynamic     bool     // scope.dynamic, or its older name scope.network
	Expirable   bool
	ExpiredText string
	Raw         json.RawMessage
	Line        int
}

// Problem is something in a package that could not be read.
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Message string `json:"message"`
	Mend    string `json:"mend,omitempty"`
}

// Skill finds a skill by its name or its path.
func (p *Package) Skill(name string) (*Skill, bool) {
	for i := range p.Skills {
		if s := &p.Skills[i]; s.Name == name || s.Path == name {
			return s, true
		}
	}
	return nil, false
}

// API finds an api of the skill.
func (s *Skill) API(name string) (*API, bool) {
	for i := range s.APIs {
		if s.APIs[i].Name == name {
			return &s.APIs[i], true
		}
	}
	return nil, false
}

func (p *Package) report(file string, line int, mend, message string) {
	if len(p.Problems) < MaxProblems {
		p.Problems = append(p.Problems, Problem{File: file, Line: line, Message: message, Mend: mend})
	}
}
