package skill_test

import (
	"archive/zip"
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
	"github.com/bangwo/bangwo/internal/track/skill"
)

const okTrue = `{"ok":true}`

// shapes are packages in the ways in which people write them; each has an api, getIt, that answers {"ok":true}.
var shapes = map[string]map[string]string{
	"an object of handlers": {
		"index.js": `const apis = require('./apis'); const skill = wx.modelContext.createSkill(__dirname); Object.keys(apis).forEach((n) => skill.registerAPI(n, apis[n]))`,
		"apis.js":  `exports.getIt = async () => ({ content: [{ type: 'text', text: 'x' }], structuredContent: { ok: true } })`,
	},
	"a module that was compiled to have a default": {
		"index.js": `wx.modelContext.registerAPI('getIt', require('./it'))`,
		"it.js":    `"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); exports.default = async () => ({ structuredContent: { ok: true } })`,
	},
	"a default required by name": {
		"index.js": `const { default: it } = require('./it'); wx.modelContext.registerAPI('getIt', it)`,
		"it.js":    `export default async function () { return { structuredContent: { ok: true } } }`,
	},
	"named exports that are exported again": {
		"index.js":   `import * as apis from './apis'; import skill from './skill'; for (const [n, f] of Object.entries(apis)) skill.registerAPI(n, f)`,
		"apis.js":    `export * from './it.js'`,
		"it.js":      `export const getIt = async () => ({ structuredContent: { ok: yes } }); import { yes } from './back'`,
		"back.js":    `import { getIt } from './it.js'; export const yes = true; export const later = () => getIt`,
		"skill.js":   `export default wx.modelContext.createSkill('/skills/x')`,
		"unused.cjs": `not a script`,
	},
	"typed code": {
		"index.ts": `import type { Answer } from './types'; import { Level } from './types'
			enum Size { Small = 's' }
			abstract class Base<T extends object> { constructor(protected readonly value: T) {} abstract run(): Promise<Answer> }
			class It extends Base<{ ok: boolean }> { async run(): Promise<Answer> { return { structuredContent: { ok: this.value!.ok && Level.High === 2 && Size.Small as string === 's' } } satisfies Answer } }
			declare const wx: any
			wx.modelContext.registerAPI('getIt', (): Promise<Answer> => new It({ ok: true }).run())`,
		"types.ts": `export interface Answer { structuredContent: Record<string, unknown> } export enum Level { Low = 1, High }`,
	},
	"classes with private parts": {
		"index.js": `class Shop { #n = 0; static #made = 0; static make() { Shop.#made++; return new Shop() } get ok() { return Shop.#made === 1 && this.#n === 0 } async getIt() { return { structuredContent: { ok: this.ok } } } }
			const shop = Shop.make(); wx.modelContext.createSkill('skills/x').registerAPI('getIt', shop.getIt.bind(shop))`,
	},
	"computed requires": {
		"index.js":                  "const skill = wx.modelContext.createSkill('skills/x'); for (const n of ['getIt']) skill.registerAPI(n, require(`./apis/${n}`)[n])",
		"apis/getIt.js":             `const sub = 'deep'; module.exports = { getIt: async () => ({ structuredContent: require('./' + sub + '/data') }) }`,
		"apis/deep/data/index.json": "\ufeff{ \"ok\": true }",
	},
	"registering late": {
		"index.js": `const skill = wx.modelContext.createSkill('skills/x'); setTimeout(async () => { const m = await import('./it.js'); skill.registerAPI('getIt', m.getIt) }, 200)`,
		"it.js":    `export async function getIt() { return { structuredContent: { ok: true } } }`,
	},
	"registering after require.async": {
		"index.js": `require.async('./it.js').then(({ getIt }) => wx.modelContext.registerAPI('getIt', getIt)).catch(console.error)`,
		"it.js":    `exports.getIt = async () => ({ structuredContent: { ok: true } })`,
	},
	"packages of npm": {
		"index.js":                            `const { yes } = require('@shop/kit'); import('plain'); const plain = require('plain'); const deep = require('plain/lib/deep'); wx.modelContext.registerAPI('getIt', async () => ({ structuredContent: { ok: yes && plain() && deep } }))`,
		"/miniprogram_npm/@shop/kit/index.js": `exports.yes = require('plain')()`,
		"/miniprogram_npm/plain/index.js":     `module.exports = () => true`,
		"/miniprogram_npm/plain/lib/deep.js":  `module.exports = process.env.NODE_ENV === 'production'`,
		"/miniprogram_npm/plain/package.json": `{}`,
	},
	"files that pages use, too": {
		"index.js":         `const { ok } = require('../../utils/shared'); wx.modelContext.registerAPI('getIt', async () => ({ structuredContent: { ok } }))`,
		"/utils/shared.js": "#!/usr/bin/env node\n" + `const app = getApp(); const mixin = Behavior({ methods: {} }); Component({ behaviors: [mixin] }); Page({}); exports.ok = !!app.globalData && getCurrentPages().length === 0`,
	},
	"aliases": {
		"/app.json":   `{"pages":[],"resolveAlias":{"@/*":"/*","~lib/*":"utils/*"},"agent":{"skills":[{"name":"x","description":"x","path":"skills/x"}]}}`,
		"index.js":    `import { a } from '@/utils/a'; const b = require('~lib/b'); wx.modelContext.registerAPI('getIt', async () => ({ structuredContent: { ok: a === b } }))`,
		"/utils/a.js": `export const a = 1`, "/utils/b.js": `module.exports = 1`,
	},
	"json as people write it": {
		"/app.json": "\ufeff{ // ours\n\"pages\": [], \"subpackages\": [{ \"root\": \"skills/\", \"independent\": true, },], /* one */ \"agent\": { \"skills\": [{ \"name\": \"x\", \"description\": \"x\", \"path\": \"/skills/x/\", }], }, }",
		"mcp.json":  "{ \"$schema\": \"http://json-schema.org/draft-07/schema#\", \"apis\": [{ \"name\": \"getIt\", \"description\": \"x\", \"pagePath\": \"/pages/a\", \"inputSchema\": { \"type\": \"object\", \"properties\": {}, \"additionalProperties\": false, }, }, ], }",
		"index.js":  `wx.modelContext.registerAPI('getIt', async () => ({ structuredContent: { ok: true } }))`,
	},
	"middleware that mends": {
		"index.js": `const skill = wx.modelContext.createSkill('skills/x')
			skill.use(async (ctx, next) => { try { await next() } catch (e) { return { content: [], structuredContent: { ok: e.message === 'no' } } } })
			skill.registerAPI('getIt', async () => { throw new Error('no') })`,
	},
	"new syntax": {
		"index.js": `const o = { a: { b: [1, 2, 3] } }; const { a: { b: [, ...rest] } } = o; let n; n ??= o?.a?.b?.at(-1) ?? 0
			async function * each () { yield * rest } label: for (;;) { break label }
			wx.modelContext.registerAPI('getIt', async () => { let sum = 0; for await (const x of each()) sum += x; return { structuredContent: { ok: sum === 5 && n === 3 && 10n ** 2n === 100n && /(?<=¥)(?<n>\d+)/u.exec('¥12').groups.n === '12' && [1].flatMap((x) => [x, x]).length === 2 } } })`,
	},
}

// files of a shape as a package: names are below the skill's folder, unless they start with a slash.
func shapeFiles(shape map[string]string) map[string]string {
	files := map[string]string{
		"app.json":          `{"pages":[],"subPackages":[{"root":"skills","independent":true,"pages":[]}],"agent":{"skills":[{"name":"x","description":"x","path":"skills/x"}]}}`,
		"skills/x/SKILL.md": "x",
		"skills/x/mcp.json": `{"apis":[{"name":"getIt","description":"x","inputSchema":{"type":"object","properties":{}}}]}`,
	}
	for name, text := range shape {
		if name[0] == '/' {
			files[name[1:]] = text
		} else {
			files["skills/x/"+name] = text
		}
	}
	return files
}

func expectIt(t *testing.T, driver *skill.Driver, dir string) {
	t.Helper()
	conn, err := driver.Open(context.Background(), catalog.Source{Path: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	r, err := conn.Call(context.Background(), track.Call{Service: "s", Person: "p", Capability: "getIt"})
	if err != nil || string(r.Structured) != okTrue {
		t.Errorf("%s %v %q", r.Structured, err, r.Logs)
	}
}

func TestShapesOfCode(t *testing.T) {
	t.Parallel()
	driver := newDriver(t, skill.NewMemoryStorage())
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) { expectIt(t, driver, packageOf(t, shapeFiles(shape))) })
	}
}

// TestShapesOfPackages opens one skill in the folders, roots and archives that it may come in.
func TestShapesOfPackages(t *testing.T) {
	t.Parallel()
	driver := newDriver(t, skill.NewMemoryStorage())
	whole := shapeFiles(map[string]string{"index.js": `wx.modelContext.registerAPI('getIt', async () => ({ structuredContent: { ok: true } }))`})
	below := func(dir string, more map[string]string) map[string]string {
		out := maps.Clone(more)
		for name, text := range whole {
			out[dir+name] = text
		}
		return out
	}
	undeclared := maps.Clone(whole)
	undeclared["app.json"] = `{"pages":[]}`
	bare := maps.Clone(whole)
	delete(bare, "app.json")
	for name, files := range map[string]map[string]string{
		"a miniprogramRoot":      below("miniprogram/", map[string]string{"project.config.json": `{"miniprogramRoot":"miniprogram/"}`}),
		"an Alipay root":         below("dist/", map[string]string{"mini.project.json": `{"miniprogramRoot":"./dist"}`}),
		"a root that is not yet": below("", map[string]string{"project.config.json": `{"miniprogramRoot":"dist/"}`}),
		"a folder above":         below("shop-main/", map[string]string{"README.md": "x"}),
		"undeclared":             undeclared, "no app.json": bare,
		"a manifest of uni-app": {"manifest.json": `{"mp-weixin":{"agent":{"skills":[{"name":"x","description":"x","path":"skills/x"}]}}}`,
			"skills/x/mcp.json": bare["skills/x/mcp.json"], "skills/x/index.js": bare["skills/x/index.js"]},
		"a skill's folder": {"mcp.json": bare["skills/x/mcp.json"], "index.js": bare["skills/x/index.js"], "SKILL.md": "x"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := packageOf(t, files)
			expectIt(t, driver, dir)
			expectIt(t, driver, zipOf(t, dir))
		})
	}
	t.Run("a link to what is not built", func(t *testing.T) {
		dir := packageOf(t, bare)
		if err := os.Symlink("dist/app.json", filepath.Join(dir, "app.json")); err != nil {
			t.Fatal(err)
		}
		expectIt(t, driver, dir)
	})
}

// zipOf packs a folder with one folder at the top, as people send them.
func zipOf(t *testing.T, dir string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	err := filepath.Walk(dir, func(p string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		body, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		w, err := z.Create("shop/" + filepath.ToSlash(rel))
		if err != nil {
			return err
		}
		_, err = w.Write(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "shop.zip")
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}
