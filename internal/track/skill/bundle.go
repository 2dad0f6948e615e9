package skill

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/miniapp"
	"github.com/bangwo/bangwo/internal/sandbox"
)

// Bounds of one skill's code.
const (
	maxSources     = 2_000
	maxSourceBytes = 6 << 20 // of all sources of one skill, compiled
)

//go:embed prelude/*.js
var preludeFiles embed.FS

// prelude is the script that a context of a skill starts with.
var prelude = func() string {
	names, _ := fs.Glob(preludeFiles, "prelude/*.js")
	sort.Strings(names)
	var b strings.Builder
	b.WriteString("(function (box) {\n'use strict';\n")
	for _, n := range names {
		src, _ := fs.ReadFile(preludeFiles, n)
		b.Write(src)
	}
	b.WriteString("})")
	return b.String()
}()

// compiled is a skill's code, or why there is none: a broken skill does not keep the others from running.
type compiled struct {
	bundle *sandbox.Bundle
	err    error
}

func compileAll(pkg *miniapp.Package) map[string]compiled {
	out := map[string]compiled{}
	for i := range pkg.Skills {
		sk := &pkg.Skills[i]
		b, err := compileSkill(pkg, sk)
		out[sk.Name] = compiled{b, err}
	}
	return out
}

// compileSkill transforms the skill's scripts, and what they require elsewhere in the package, to CommonJS.
func compileSkill(pkg *miniapp.Package, sk *miniapp.Skill) (*sandbox.Bundle, error) {
	if sk.EntryFile == "" {
		return nil, fault.New(fault.Merchant, "skill %s has no index.js", sk.Name).WithHint("create " + sk.Path + "/index.js and register the apis")
	}
	c := compiler{pkg: pkg, files: map[string]string{}, queue: []string{sk.EntryFile}}
	c.addFolder(sk.Path)
	for len(c.queue) > 0 {
		next := c.queue[0]
		c.queue = c.queue[1:]
		if err := c.add(next); err != nil {
			return nil, err
		}
	}
	return &sandbox.Bundle{Hash: c.hash(), Main: prelude, Files: c.files}, nil
}

type compiler struct {
	pkg   *miniapp.Package
	files map[string]string
	queue []string
	size  int
}

// addFolder queues all scripts of the skill's own folder: a require may be computed.
func (c *compiler) addFolder(dir string) {
	_ = fs.WalkDir(c.pkg.FS, dir, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.Name() == "node_modules":
			return fs.SkipDir
		case d.IsDir() && p == path.Join(dir, "components"):
			return fs.SkipDir // cards have a context of their own
		case !d.IsDir() && isScript(p) && len(c.queue) < maxSources:
			c.queue = append(c.queue, p)
		}
		return nil
	})
}

func isScript(p string) bool {
	switch path.Ext(p) {
	case ".js", ".ts", ".json":
		return !strings.HasSuffix(p, ".d.ts")
	}
	return false
}

func (c *compiler) add(file string) error {
	if _, done := c.files[file]; done {
		return nil
	}
	src, err := fs.ReadFile(c.pkg.FS, file)
	if err != nil {
		return nil // the loader reports it, when it is really required
	}
	text := strings.TrimPrefix(string(src), "\ufeff")
	if path.Ext(file) != ".json" {
		if text, err = transform(file, text); err != nil {
			text = throwing(err) // only who requires it fails
		}
	}
	c.files[file] = text
	if c.size += len(file) + len(text); c.size > maxSourceBytes || len(c.files) > maxSources {
		return fault.New(fault.Limit, "the skill's code is more than %d bytes or %d files", maxSourceBytes, maxSources)
	}
	if path.Ext(file) != ".json" {
		for _, m := range reRequire.FindAllStringSubmatch(text, -1) {
			if found := c.locate(path.Dir(file), m[1]); found != "" {
				c.queue = append(c.queue, found)
			}
		}
	}
	return nil
}

var reRequire = regexp.MustCompile(`\brequire(?:\.async)?\(\s*["']([^"'\n]{1,300})["']`)

// locate finds what a require names, as the loader in the context does.
func (c *compiler) locate(dir, spec string) string {
	base := path.Join("/", dir, spec)
	if strings.HasPrefix(spec, "/") {
		base = path.Clean(spec)
	}
	if found := c.probe(strings.TrimPrefix(base, "/")); found != "" {
		return found
	}
	for d := dir; !strings.HasPrefix(spec, ".") && !strings.HasPrefix(spec, "/"); d = path.Dir(d) {
		if found := c.probe(path.Join(d, "miniprogram_npm", spec)); found != "" {
			return found
		}
		if d == "." || d == "/" {
			break
		}
	}
	return ""
}

func (c *compiler) probe(base string) string {
	for _, suffix := range []string{"", ".js", ".ts", ".json", "/index.js", "/index.ts", "/index.json"} {
		if p := base + suffix; isScript(p) && c.pkg.Exists(p) {
			return p
		}
	}
	return ""
}

func (c *compiler) hash() string {
	names := make([]string, 0, len(c.files))
	for n := range c.files {
		names = append(names, n)
	}
	sort.Strings(names)
	h := sha256.New()
	fmt.Fprintf(h, "%d\n%s", len(prelude), prelude)
	for _, n := range names {
		fmt.Fprintf(h, "%d %s %d\n%s", len(n), n, len(c.files[n]), c.files[n])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// maxArrows bounds arrow functions that stand directly in one another: parsing them takes time that grows with the cube.
const maxArrows = 64

var nestedArrows = regexp.MustCompile(`(?:(?:async\s*)?(?:[\w$]+|\([^()]*\))\s*=>\s*\(?\s*){65}`)

// transform turns a script or an ES module into CommonJS. The engine speaks ES2023: only modules change.
func transform(file, text string) (string, error) {
	if nestedArrows.MatchString(text) {
		return "", fault.New(fault.Invalid, "%s chains more than %d arrow functions, which no script written by people does", file, maxArrows).WithHint("take the chain apart")
	}
	loader := api.LoaderJS
	if path.Ext(file) == ".ts" {
		loader = api.LoaderTS
	}
	r := api.Transform(text, api.TransformOptions{Loader: loader, Format: api.FormatCommonJS, Target: api.ES2022, Platform: api.PlatformNeutral,
		Charset: api.CharsetUTF8, Sourcefile: file, Supported: map[string]bool{"dynamic-import": false, "top-level-await": false},
		Define: map[string]string{"process.env.NODE_ENV": `"production"`}, LogLevel: api.LogLevelSilent})
	if len(r.Errors) > 0 {
		e := r.Errors[0]
		if e.Location != nil {
			return "", fmt.Errorf("%s:%d: %s", file, e.Location.Line, e.Text)
		}
		return "", fmt.Errorf("%s: %s", file, e.Text)
	}
	return string(r.Code), nil
}

func throwing(err error) string { return fmt.Sprintf("throw new SyntaxError(%q)", err.Error()) }
