package miniapp

import (
	"encoding/json"
	"net/url"
	"path"
	"slices"
	"strings"
)

// maxSniff is how much of an index.js is looked at for its dialect.
const maxSniff = 64 << 10

// dialect decides by evidence, not by name: project file, markup, and what the skills' code calls.
func dialect(p *Package, files *snapshot) (string, []string) {
	score, seen := map[string]int{}, []string{}
	note := func(d string, weight int, why string) {
		if !slices.Contains(seen, d+": "+why) {
			score[d] += weight
			seen = append(seen, d+": "+why)
		}
	}
	if p.ProjectFile != "" {
		d := WX
		if path.Base(p.ProjectFile) == myProject {
			d = MY
		}
		note(d, 3, path.Base(p.ProjectFile))
	}
	if _, ok := files.files[myProject]; ok {
		note(MY, 3, myProject)
	}
	if _, ok := files.files[wxProject]; ok {
		note(WX, 3, wxProject)
	}
	for _, n := range files.names() {
		switch path.Ext(n) {
		case ".axml", ".acss":
			note(MY, 4, path.Ext(n)+" files")
		case ".wxml", ".wxss":
			note(WX, 4, path.Ext(n)+" files")
		case ".js", ".ts":
			src := files.files[n]
			src = src[:min(len(src), maxSniff)]
			if strings.Contains(string(src), "my.modelContext") {
				note(MY, 6, "my.modelContext in code")
			}
			if strings.Contains(string(src), "wx.modelContext") {
				note(WX, 6, "wx.modelContext in code")
			}
		}
	}
	if score[MY] > score[WX] {
		return MY, seen
	}
	return WX, seen
}

// domainKeys are the members by which packages and third-party platforms state request domains. The
// platforms keep most such lists in their consoles, so that none here does not mean that none is called.
var domainKeys = []string{"networkDomains", "requestDomain", "requestdomain", "requestDomains"}

func (p *Package) domains() []string {
	sources := []json.RawMessage{p.App.Raw, p.Project}
	if p.Exists("ext.json") {
		if d := p.doc("ext.json"); d != nil {
			sources = append(sources, d.JSON)
		}
	}
	var found []string
	for _, src := range sources {
		var top map[string]json.RawMessage
		if json.Unmarshal(src, &top) != nil {
			continue
		}
		for _, key := range domainKeys {
			for _, d := range domainList(top[key]) {
				if !slices.Contains(found, d) && len(found) < MaxDomains {
					found = append(found, d)
				}
			}
		}
	}
	return found
}

// domainList reads a domain, a list of them, or lists by kind ({"request": […]}).
func domainList(raw json.RawMessage) []string {
	if len(raw) == 0 {
		return nil
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return hosts(strings.FieldsFunc(one, func(r rune) bool { return r == ';' || r == ',' || r == ' ' }))
	}
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return hosts(many)
	}
	var kinds struct {
		Request []string `json:"request"`
	}
	_ = json.Unmarshal(raw, &kinds)
	return hosts(kinds.Request)
}

func hosts(list []string) []string {
	var out []string
	for _, s := range list {
		s = strings.TrimSpace(s)
		if !strings.Contains(s, "://") {
			s = "https://" + s
		}
		if u, err := url.Parse(s); err == nil && u.Host != "" {
			out = append(out, strings.ToLower(u.Host))
		}
	}
	return out
}
