package check_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// bench is a copy of a package that a mutation breaks. It finds its way by the package itself, so that
// one table of mutations fits any WeChat package with a card and a handoff.
type bench struct {
	t     *testing.T
	dir   string
	skill string // folder
	card  string // folder of the first card
	api   string // file of the first api that returns a literal structuredContent
	name  string // of that api
	page  string // script of its handoff page
}

func newBench(t *testing.T, from string) *bench {
	t.Helper()
	b := &bench{t: t, dir: t.TempDir()}
	if err := os.CopyFS(b.dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	p, err := miniapp.Open(b.dir)
	if err != nil || len(p.Skills) == 0 {
		t.Fatalf("open %s: %v", from, err)
	}
	s := p.Skills[0]
	b.skill = s.Path
	for _, a := range s.APIs {
		file := s.Path + "/apis/" + a.Name + ".js"
		body, err := os.ReadFile(filepath.Join(b.dir, file))
		if err == nil && a.ComponentPath != "" && strings.Contains(string(body), "structuredContent: {") && a.PagePath != "" {
			b.api, b.name, b.page = file, a.Name, strings.TrimPrefix(a.PagePath, "/")+".js"
			b.card = s.Path + "/" + strings.TrimSuffix(a.ComponentPath, "/index")
			return b
		}
	}
	t.Fatalf("%s has no api to break", from)
	return nil
}

func (b *bench) path(file string) string { return filepath.Join(b.dir, filepath.FromSlash(file)) }

func (b *bench) read(file string) string {
	b.t.Helper()
	body, err := os.ReadFile(b.path(file))
	if err != nil {
		b.t.Fatal(err)
	}
	return string(body)
}

func (b *bench) write(file, body string) {
	b.t.Helper()
	if err := os.MkdirAll(filepath.Dir(b.path(file)), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(b.path(file), []byte(body), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) add(file, body string)     { b.write(file, b.read(file)+"\n"+body+"\n") }
func (b *bench) prepend(file, body string) { b.write(file, body+"\n"+b.read(file)) }

func (b *bench) swap(file, old, with string) {
	b.t.Helper()
	body := b.read(file)
	re := regexp.MustCompile(old)
	if !re.MatchString(body) {
		b.t.Fatalf("%s does not hold %s", file, old)
	}
	loc := re.FindStringIndex(body)
	b.write(file, body[:loc[0]]+re.ReplaceAllString(body[loc[0]:loc[1]], with)+body[loc[1]:])
}

func (b *bench) remove(file string) {
	b.t.Helper()
	if err := os.Remove(b.path(file)); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) rename(from, to string) {
	b.t.Helper()
	if err := os.Rename(b.path(from), b.path(to)); err != nil {
		b.t.Fatal(err)
	}
}

// edit changes a JSON file as a tree.
func (b *bench) edit(file string, f func(map[string]any)) {
	b.t.Helper()
	var top map[string]any
	if err := json.Unmarshal([]byte(b.read(file)), &top); err != nil {
		b.t.Fatal(err)
	}
	f(top)
	body, _ := json.MarshalIndent(top, "", "  ")
	b.write(file, string(body))
}

func (b *bench) mcp(f func(top map[string]any)) { b.edit(b.skill+"/mcp.json", f) }

// entry changes the entry of the bench's api in mcp.json.
func (b *bench) entry(f func(map[string]any)) {
	b.mcp(func(top map[string]any) {
		for _, x := range top["apis"].([]any) {
			if m := x.(map[string]any); m["name"] == b.name {
				f(m)
			}
		}
	})
}

func ui(m map[string]any) map[string]any { return m["_meta"].(map[string]any)["ui"].(map[string]any) }

func (b *bench) app(f func(map[string]any)) { b.edit("app.json", f) }

func firstSkill(app map[string]any) map[string]any {
	return app["agent"].(map[string]any)["skills"].([]any)[0].(map[string]any)
}

// mutation breaks a package, or changes it in a way that must not be held against it.
type mutation struct {
	name   string
	want   string // rules that must report an error beyond those of the untouched package
	differ string // why WeChat's validator is known to judge otherwise; "" when it must agree
	do     func(*bench)
}

var mutations = []mutation{
	{"untouched", "", "", func(*bench) {}},
	{"getApp in api", "V001", "", func(b *bench) { b.add(b.api, "const app = getApp()") }},
	{"getApp in card", "V001", "", func(b *bench) { b.prepend(b.card+"/index.js", "const app = getApp()") }},
	{"getApp in comment", "", "it also searches comments", func(b *bench) { b.add(b.api, "// never call getApp() here") }},
	{"import from main package", "V001", "", func(b *bench) { b.prepend(b.api, "import x from '@/utils/x'") }},
	{"require leaves subpackage", "V001", "", func(b *bench) { b.prepend(b.api, "const s = require('../../../app.js')") }},
	{"import leaves subpackage", "V001", "", func(b *bench) { b.prepend(b.api, "import s from '../../../app.js'") }},
	{"require of shared folder", "", "", func(b *bench) {
		b.write("skills/_common/x.js", "module.exports = {}")
		b.prepend(b.api, "const c = require('../../_common/x')")
	}},
	{"getApp in shared folder", "V001", "", func(b *bench) { b.write("skills/_common/x.js", "module.exports = getApp()") }},
	{"require of sibling skill", "V001", "", func(b *bench) {
		b.write("skills/other/mcp.json", `{"apis":[]}`)
		b.write("skills/other/index.js", "module.exports = {}")
		b.write("skills/other/SKILL.md", "# other")
		b.app(func(m map[string]any) {
			a := m["agent"].(map[string]any)
			a["skills"] = append(a["skills"].([]any), map[string]any{"name": "other", "description": "another", "path": "skills/other"})
		})
		b.prepend(b.api, "const o = require('../../other/index')")
	}},
	{"handler not async", "V002", "", func(b *bench) { b.swap(b.api, `async function `+b.name, "function "+b.name) }},
	{"handler async arrow", "", "", func(b *bench) {
		b.swap(b.api, `async function `+b.name+`\s*\(([^)]*)\)\s*\{`, "const "+b.name+" = async ($1) => {")
	}},
	{"handler behind a wrapper", "V002", "", func(b *bench) {
		b.swap(b.api, `async function `+b.name, "async function inner")
		b.add(b.api, "const "+b.name+" = wrap(inner)\nfunction wrap(f) { return f }")
	}},
	{"api file missing", "V008 V009", "it does not see a require that is written with .js", func(b *bench) { b.remove(b.api) }},
	{"api file in tools", "", "", func(b *bench) {
		b.write(b.skill+"/tools/"+b.name+".js", b.read(b.api))
		b.remove(b.api)
	}},
	{"tag input", "V003", "", func(b *bench) { b.add(b.card+"/index.wxml", "<input />") }},
	{"tag navigator", "V003", "", func(b *bench) { b.add(b.card+"/index.wxml", "<navigator url='/x'></navigator>") }},
	{"tag swiper", "V003", "", func(b *bench) { b.add(b.card+"/index.wxml", "<swiper></swiper>") }},
	{"tag textarea", "V003", "its pattern takes every tag that starts with text", func(b *bench) { b.add(b.card+"/index.wxml", "<textarea></textarea>") }},
	{"tag in comment", "", "", func(b *bench) { b.add(b.card+"/index.wxml", "<!-- no input here -->") }},
	{"commented-out tag", "", "it also searches comments", func(b *bench) { b.add(b.card+"/index.wxml", "<!-- <input /> -->") }},
	{"block and template", "", "", func(b *bench) { b.add(b.card+"/index.wxml", "<block><template is='x'/></block>") }},
	{"button open-type", "V003", "", func(b *bench) { b.add(b.card+"/index.wxml", `<button class="b" open-type="share">x</button>`) }},
	{"scroll-view without scroll-x", "V003", "", func(b *bench) { b.add(b.card+"/index.wxml", "<scroll-view><view/></scroll-view>") }},
	{"scroll-view scroll-y", "V003", "", func(b *bench) {
		b.add(b.card+"/index.wxml", `<scroll-view scroll-x="true" scroll-y="true"><view/></scroll-view>`)
	}},
	{"scroll-view bare scroll-x", "", "", func(b *bench) { b.add(b.card+"/index.wxml", "<scroll-view scroll-x><view/></scroll-view>") }},
	{"style fixed", "V005", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q { position: fixed; }") }},
	{"style sticky", "V005", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q { position:sticky }") }},
	{"style absolute", "", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q { position: absolute; }") }},
	{"style z-index", "V005", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q { z-index: 3; }") }},
	{"style grid", "V005", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q { display: grid; }") }},
	{"style table-cell", "V005", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q { display: table-cell; }") }},
	{"style inline-flex", "V005", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q { display: inline-flex; }") }},
	{"style float", "V005", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q { float: left; }") }},
	{"style variable", "V005", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q { --main: red; }") }},
	{"style transition height", "V005", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q { transition: height 0.3s; }") }},
	{"style transition opacity", "", "its pattern refuses every transition, against its own text", func(b *bench) { b.add(b.card+"/index.wxss", ".q { transition: opacity 0.3s ease; }") }},
	{"style in comment", "", "it also searches comments", func(b *bench) { b.add(b.card+"/index.wxss", "/* z-index: 3; */") }},
	{"selector child", "V006", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q > .r { color: red; }") }},
	{"selector sibling", "V006", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q + .r { color: red; }") }},
	{"selector general sibling", "V006", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q ~ .r { color: red; }") }},
	{"selector pseudo-element", "V006", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q::after { color: red; }") }},
	{"selector hover", "V006", "", func(b *bench) { b.add(b.card+"/index.wxss", ".q:hover { color: red; }") }},
	{"selector attribute", "V006", "", func(b *bench) { b.add(b.card+"/index.wxss", "view[role=x] { color: red; }") }},
	{"selectors allowed", "", "", func(b *bench) { b.add(b.card+"/index.wxss", "view, #a .q, .q text { color: red; }") }},
	{"media query", "", "", func(b *bench) {
		b.add(b.card+"/index.wxss", "@media (prefers-color-scheme: dark) { .q { color: white; } }")
	}},
	{"api not registered", "V007", "", func(b *bench) { b.swap(b.skill+"/index.js", `.*registerAPI\(['"]`+b.name+`['"].*`, "") }},
	{"api not declared", "V007", "", func(b *bench) {
		b.add(b.skill+"/index.js", "wx.modelContext.registerAPI('ghostCall', async () => ({ content: [] }))")
	}},
	{"index.js missing", "V007 V008", "", func(b *bench) { b.remove(b.skill + "/index.js") }},
	{"mcp.json missing", "V007", "", func(b *bench) { b.remove(b.skill + "/mcp.json") }},
	{"mcp.json cut off", "V007 V013", "", func(b *bench) {
		body := b.read(b.skill + "/mcp.json")
		b.write(b.skill+"/mcp.json", body[:len(body)/2])
	}},
	{"required api file missing", "V008", "", func(b *bench) { b.prepend(b.skill+"/index.js", "const g = require('./apis/ghostCall')") }},
	{"field not in schema", "V009", "", func(b *bench) { b.swap(b.api, `structuredContent: \{`, "structuredContent: { zzExtra: 1,") }},
	{"required field not returned", "V009", "", func(b *bench) {
		b.entry(func(m map[string]any) {
			m["outputSchema"].(map[string]any)["required"] = []any{"zzNever"}
			m["outputSchema"].(map[string]any)["properties"].(map[string]any)["zzNever"] = map[string]any{"type": "string"}
		})
	}},
	{"no outputSchema", "", "", func(b *bench) { b.entry(func(m map[string]any) { delete(m, "outputSchema") }) }},
	{"card reads foreign field", "V010", "", func(b *bench) {
		b.add(b.card+"/index.js", "const atomicApi = '"+b.name+"'\nfunction zz(result) { return result.structuredContent.zzForeign }")
	}},
	{"binding undeclared", "V011", "", func(b *bench) { b.add(b.card+"/index.wxml", "<view>{{zzNowhere}}</view>") }},
	{"binding in attribute", "V011", "", func(b *bench) { b.add(b.card+"/index.wxml", `<view class="a {{zzNowhere}}"></view>`) }},
	{"binding of loop variable", "", "", func(b *bench) {
		b.add(b.card+"/index.wxml", `<view wx:for="{{[1,2]}}" wx:for-item="zzOne" wx:key="*this">{{zzOne}}{{index}}</view>`)
	}},
	{"binding with observers", "", "", func(b *bench) {
		b.swap(b.card+"/index.js", `Component\(\{`, "Component({ observers: { 'a': function () {} },")
		b.add(b.card+"/index.wxml", "<view>{{zzNowhere}}</view>")
	}},
	{"binding of property", "", "", func(b *bench) {
		b.swap(b.card+"/index.js", `Component\(\{`, "Component({ properties: { zzProp: String },")
		b.add(b.card+"/index.wxml", "<view>{{zzProp}}</view>")
	}},
	{"data unused", "", "", func(b *bench) { b.swap(b.card+"/index.js", `data: \{`, "data: { zzUnused: 1,") }},
	{"componentPath malformed", "V012", "", func(b *bench) { b.entry(func(m map[string]any) { ui(m)["componentPath"] = "/components/x" }) }},
	{"componentPath to nothing", "V012", "", func(b *bench) { b.entry(func(m map[string]any) { ui(m)["componentPath"] = "components/ghost/index" }) }},
	{"card json missing", "V012", "", func(b *bench) { b.remove(b.card + "/index.json") }},
	{"no componentPath", "", "", func(b *bench) { b.entry(func(m map[string]any) { delete(ui(m), "componentPath") }) }},
	{"mcp.json too large", "V013", "", func(b *bench) { b.entry(func(m map[string]any) { m["description"] = strings.Repeat("长", 24000) }) }},
	{"outputSchema does not count", "", "", func(b *bench) {
		b.entry(func(m map[string]any) {
			m["outputSchema"].(map[string]any)["description"] = strings.Repeat("长", 24000)
		})
	}},
	{"SKILL.md missing", "V014", "", func(b *bench) { b.remove(b.skill + "/SKILL.md") }},
	{"skill.md in small letters", "V014", "", func(b *bench) { b.rename(b.skill+"/SKILL.md", b.skill+"/skill.md") }},
	{"description empty", "V016", "", func(b *bench) { b.app(func(m map[string]any) { firstSkill(m)["description"] = "  " }) }},
	{"description missing", "V016", "", func(b *bench) { b.app(func(m map[string]any) { delete(firstSkill(m), "description") }) }},
	{"pagePath empty", "V017", "", func(b *bench) { b.entry(func(m map[string]any) { ui(m)["pagePath"] = "" }) }},
	{"pagePath relative", "V017", "", func(b *bench) {
		b.entry(func(m map[string]any) { ui(m)["pagePath"] = strings.TrimPrefix(ui(m)["pagePath"].(string), "/") })
	}},
	{"pagePath with query", "V017", "", func(b *bench) {
		b.entry(func(m map[string]any) { ui(m)["pagePath"] = ui(m)["pagePath"].(string) + "?a=1" })
	}},
	{"pagePath to nothing", "V017", "", func(b *bench) { b.entry(func(m map[string]any) { ui(m)["pagePath"] = "/pages/ghost/ghost" }) }},
	{"pagePath not a string", "V017", "", func(b *bench) { b.entry(func(m map[string]any) { ui(m)["pagePath"] = 7 }) }},
	{"no pagePath", "", "", func(b *bench) { b.entry(func(m map[string]any) { delete(ui(m), "pagePath") }) }},
	{"no handoff", "", "", func(b *bench) { b.write(b.api, strings.ReplaceAll(b.read(b.api), "handoff", "handover")) }},
	{"handoff key unread", "V018", "", func(b *bench) {
		b.write(b.api, strings.ReplaceAll(b.read(b.api), "handoff", "handover"))
		b.add(b.api, "const later = { handoff: { query: { zzKey: 1 } } }")
	}},
	{"handoff key read", "", "", func(b *bench) {
		b.write(b.api, strings.ReplaceAll(b.read(b.api), "handoff", "handover"))
		b.add(b.api, "const later = { handoff: { query: { zzKey: 1 } } }")
		b.add(b.page, "function zz(query) { return query.zzKey }")
	}},
	{"subpackages in small letters", "", "", func(b *bench) {
		b.app(func(m map[string]any) { m["subpackages"] = m["subPackages"]; delete(m, "subPackages") })
	}},
}
