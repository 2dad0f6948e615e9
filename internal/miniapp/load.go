package miniapp

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/fault"
)

const (
	wxProject = "project.config.json"
	myProject = "mini.project.json"
)

func load(files *snapshot, name string) (*Package, error) {
	p := &Package{Name: name}
	root, err := findRoot(p, files)
	if err != nil {
		return nil, err
	}
	app := files.under(root)
	if err := app.index(); err != nil {
		return nil, err
	}
	for _, link := range files.broken {
		p.report(link, 0, "put the file in the link's place", link+" is a link that leads to nothing")
	}
	p.Root, p.FS, p.Hash = root, app, app.hash()
	if err := p.readApp(); err != nil {
		return nil, err
	}
	p.Dialect, p.Evidence = dialect(p, app)
	p.readAgent()
	p.Domains = p.domains()
	if p.App.Title != "" {
		p.Name = p.App.Title
	}
	return p, nil
}

// findRoot finds the folder of app.json: where a project file points, at the top, or in the nearest folder
// below (a zip often holds one folder with everything in it).
func findRoot(p *Package, files *snapshot) (string, error) {
	var homes []string
	for _, n := range files.names() {
		base, dir := path.Base(n), path.Dir(n)
		if (base == wxProject || base == myProject || base == "app.json") && depth(dir) <= maxRootDepth && !slices.Contains(homes, dir) {
			homes = append(homes, dir)
		}
	}
	slices.SortStableFunc(homes, func(a, b string) int { return depth(a) - depth(b) })
	for _, home := range homes {
		if root, ok := appRoot(p, files, home); ok {
			return root, nil
		}
	}
	if root, ok := bareRoot(files); ok {
		p.report("app.json", 0, "build the mini-program, or give the folder that holds app.json", "there is no app.json; only the skills were read")
		return root, nil
	}
	return "", fault.New(fault.Invalid, "no app.json found").
		WithHint("give the folder that holds app.json, or the project folder whose project.config.json or mini.project.json has miniprogramRoot")
}

// bareRoot is the root of skills without a mini-program around them, such as the sources of one that is yet to be
// built, or a skill's folder by itself.
func bareRoot(files *snapshot) (string, bool) {
	for _, name := range files.names() {
		if _, ok := files.skillAt(path.Dir(name)); ok && path.Base(name) == "mcp.json" {
			return ".", true
		}
	}
	return "", false
}

// skillAt tells whether a folder looks like a skill: apis described, and code that registers them.
func (s *snapshot) skillAt(dir string) (entry string, ok bool) {
	body, ok := s.files[path.Join(dir, "mcp.json")]
	if !ok || !bytes.Contains(body, []byte(`"apis"`)) {
		return "", false
	}
	for _, f := range entries {
		if _, ok := s.files[path.Join(dir, f)]; ok {
			return path.Join(dir, f), true
		}
	}
	return "", false
}

func depth(dir string) int {
	if dir == "." {
		return 0
	}
	return 1 + strings.Count(dir, "/")
}

func appRoot(p *Package, files *snapshot, home string) (string, bool) {
	for _, n := range []string{wxProject, myProject} {
		file := path.Join(home, n)
		src, ok := files.files[file]
		if !ok {
			continue
		}
		doc, err := ParseDoc(file, src)
		if err != nil {
			p.problem(file, err)
			continue
		}
		var c struct {
			MiniprogramRoot string `json:"miniprogramRoot"`
		}
		_ = doc.Decode(&c)
		p.Project, p.ProjectFile = doc.JSON, file
		root := path.Join(home, strings.ReplaceAll(c.MiniprogramRoot, `\`, "/"))
		if root != home && fs.ValidPath(root) {
			if _, ok := files.files[path.Join(root, "app.json")]; ok {
				return root, true
			}
		}
		if c.MiniprogramRoot != "" && path.Clean(root) != home {
			p.report(file, doc.Line("/miniprogramRoot"), "build the project first, or point miniprogramRoot at the folder of app.json",
				"miniprogramRoot "+strconv.Quote(c.MiniprogramRoot)+" holds no app.json")
		}
	}
	_, ok := files.files[path.Join(home, "app.json")]
	return home, ok
}

// problem reports an error of reading a file.
func (p *Package) problem(file string, err error) {
	line, mend, message := 0, "", err.Error()
	var f *fault.Error
	if errors.As(err, &f) {
		line, _ = strconv.Atoi(f.Params["line"])
		mend, message = f.Hint, f.Message
	}
	p.report(file, line, mend, message)
}

// doc reads a JSON file of the app; nil and a problem when it cannot be read.
func (p *Package) doc(file string) *Doc {
	src, err := fs.ReadFile(p.FS, file)
	if err != nil {
		p.report(file, 0, "create "+file, file+" does not exist")
		return nil
	}
	d, err := ParseDoc(file, src)
	if err != nil {
		p.problem(file, err)
		return nil
	}
	return d
}

// text reads a text file of the app, cut at MaxTextBytes.
func (p *Package) text(file string) (string, bool) {
	src, err := fs.ReadFile(p.FS, file)
	if err != nil {
		return "", false
	}
	if len(src) > MaxTextBytes {
		p.report(file, 0, "shorten it", file+" is too long and was cut")
		src = src[:MaxTextBytes]
	}
	return strings.ToValidUTF8(strings.TrimPrefix(string(src), string(bom)), "\uFFFD"), true
}

// Exists tells whether the app has the file.
func (p *Package) Exists(file string) bool {
	info, err := fs.Stat(p.FS, file)
	return err == nil && !info.IsDir()
}
