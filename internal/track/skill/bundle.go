package skill

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strings"

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

// compileAll compiles every skill. It fails only when ctx ends.
func (c *session) compileAll(ctx context.Context, pkg *miniapp.Package) (map[string]compiled, error) {
	out := map[string]compiled{}
	for i := range pkg.Skills {
		sk := &pkg.Skills[i]
		b, err := c.compileSkill(ctx, pkg, sk)
		if ctx.Err() != nil {
			return nil, fault.New(fault.Timeout, "compiling %s did not end in time: %w", sk.Name, ctx.Err())
		}
		out[sk.Name] = compiled{b, err}
	}
	return out, nil
}

// compileSkill transforms the skill's scripts, and what they require elsewhere in the package, to CommonJS.
func (c *session) compileSkill(ctx context.Context, pkg *miniapp.Package, sk *miniapp.Skill) (*sandbox.Bundle, error) {
	if sk.EntryFile == "" {
		return nil, fault.New(fault.Merchant, "skill %s has no index.js", sk.Name).WithHint("create " + sk.Path + "/index.js and register the apis")
	}
	g := gatherer{pkg: pkg, files: map[string]string{}, queue: []string{sk.EntryFile}}
	g.addFolder(sk.Path)
	for len(g.queue) > 0 {
		sources := g.read()
		texts, err := c.compile(ctx, sources)
		if err != nil {
			return nil, err
		}
		for i, s := range sources {
			if err := g.add(s.File, texts[i]); err != nil {
				return nil, err
			}
		}
	}
	return &sandbox.Bundle{Hash: g.hash(), Main: prelude, Files: g.files}, nil
}

// gatherer follows what a skill's scripts require.
type gatherer struct {
	pkg   *miniapp.Package
	files map[string]string
	queue []string
	size  int
}

// addFolder queues all scripts of the skill's own folder: a require may be computed.
func (g *gatherer) addFolder(dir string) {
	_ = fs.WalkDir(g.pkg.FS, dir, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.Name() == "node_modules":
			return fs.SkipDir
		case d.IsDir() && p == path.Join(dir, "components"):
			return fs.SkipDir // cards have a context of their own
		case !d.IsDir() && isScript(p) && len(g.queue) < maxSources:
			g.queue = append(g.queue, p)
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

// read empties the queue: JSON is taken as it is, scripts are to be compiled.
func (g *gatherer) read() (scripts []source) {
	queue := g.queue
	g.queue = nil
	for _, file := range queue {
		if _, done := g.files[file]; done {
			continue
		}
		src, err := fs.ReadFile(g.pkg.FS, file)
		if err != nil {
			continue // the loader reports it, when it is really required
		}
		text := strings.TrimPrefix(string(src), "\ufeff")
		if strings.HasPrefix(text, "#!") {
			text = "//" + text // a script for the command line, too
		}
		g.files[file] = text // once only
		if path.Ext(file) != ".json" {
			scripts = append(scripts, source{file, text})
		} else {
			g.size += len(file) + len(text)
		}
	}
	return scripts
}

// add keeps a compiled script and queues what it requires.
func (g *gatherer) add(file, text string) error {
	g.files[file] = text
	if g.size += len(file) + len(text); g.size > maxSourceBytes || len(g.files) > maxSources {
		return fault.New(fault.Limit, "the skill's code is more than %d bytes or %d files", maxSourceBytes, maxSources).
			WithHint("keep data and libraries that the skill does not use out of its folder")
	}
	for _, m := range reRequire.FindAllStringSubmatch(text, -1) {
		if found := g.locate(path.Dir(file), m[1]); found != "" {
			g.queue = append(g.queue, found)
		}
	}
	return nil
}

var reRequire = regexp.MustCompile(`\brequire(?:\.async)?\(\s*["']([^"'\n]{1,300})["']`)

// locate finds what a require names, as the loader in the context does.
func (g *gatherer) locate(dir, spec string) string {
	spec = g.pkg.App.Resolve(spec)
	base := path.Join("/", dir, spec)
	if strings.HasPrefix(spec, "/") {
		base = path.Clean(spec)
	}
	if found := g.probe(strings.TrimPrefix(base, "/")); found != "" {
		return found
	}
	for d := dir; !strings.HasPrefix(spec, ".") && !strings.HasPrefix(spec, "/"); d = path.Dir(d) {
		if found := g.probe(path.Join(d, "miniprogram_npm", spec)); found != "" {
			return found
		}
		if d == "." || d == "/" {
			break
		}
	}
	return ""
}

func (g *gatherer) probe(base string) string {
	for _, suffix := range []string{"", ".js", ".ts", ".json", "/index.js", "/index.ts", "/index.json"} {
		if p := base + suffix; isScript(p) && g.pkg.Exists(p) {
			return p
		}
	}
	return ""
}

func (g *gatherer) hash() string {
	names := make([]string, 0, len(g.files))
	for n := range g.files {
		names = append(names, n)
	}
	sort.Strings(names)
	h := sha256.New()
	fmt.Fprintf(h, "%d\n%s", len(prelude), prelude)
	for _, n := range names {
		fmt.Fprintf(h, "%d %s %d\n%s", len(n), n, len(g.files[n]), g.files[n])
	}
	return hex.EncodeToString(h.Sum(nil))
}
