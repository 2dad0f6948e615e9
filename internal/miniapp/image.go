package miniapp

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Image is a package as plain data, to be carried to another process. Of files that nothing reads, such as
// pictures, only the size is kept.
type Image struct {
	Name  string            `json:"name"`
	Files map[string][]byte `json:"files"`
	Sizes map[string]int    `json:"sizes"`
}

// readable are the files whose text matters.
var readable = []string{".js", ".ts", ".json", ".wxml", ".axml", ".wxss", ".acss", ".wxs", ".sjs", ".md", ".markdown", ".css", ".less", ".scss", ".mjs", ".cjs", ".txt"}

// maxImage bounds the text of an image. Where there is more, files of the main package that no page is made of are left out.
const maxImage = 8 << 20

// Image makes a picture of the package that Load understands.
func (p *Package) Image() (Image, error) {
	img := Image{Name: p.Name, Files: map[string][]byte{}, Sizes: map[string]int{}}
	total := 0
	err := fs.WalkDir(p.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(p.FS, name)
		at := path.Join(p.Root, name)
		if slices.Contains(readable, path.Ext(name)) {
			img.Files[at] = body
			total += len(body)
		} else {
			img.Sizes[at] = len(body)
		}
		return err
	})
	if total > maxImage {
		img.thin(p)
	}
	if p.ProjectFile != "" {
		img.Files[p.ProjectFile] = p.Project
	}
	return img, err
}

// thin keeps the text of skills and pages only.
func (img Image) thin(p *Package) {
	for at, body := range img.Files {
		name := strings.TrimPrefix(at, p.Root+"/")
		page := strings.TrimSuffix(name, path.Ext(name))
		skill := slices.ContainsFunc(p.Skills, func(s Skill) bool { return strings.HasPrefix(name, s.Path+"/") })
		if !skill && !slices.Contains(p.App.Pages, page) && path.Dir(name) != "." {
			delete(img.Files, at)
			img.Sizes[at] = len(body)
		}
	}
}

// Load makes the package again. What was left out of the image is read as zeros.
func (img Image) Load() (*Package, error) {
	files := newSnapshot()
	for name, body := range img.Files {
		if err := files.add(name, bytes.NewReader(body)); err != nil {
			return nil, err
		}
	}
	for name, size := range img.Sizes {
		if err := files.add(name, bytes.NewReader(make([]byte, max(size, 0)))); err != nil {
			return nil, err
		}
	}
	return load(files, img.Name)
}
