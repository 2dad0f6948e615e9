package miniapp

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/fault"
)

// snapshot is a small read-only file system in memory. What was checked is what runs: a package that changes
// on disk after it was loaded does not change here.
type snapshot struct {
	files map[string][]byte
	dirs  map[string][]fs.DirEntry
	total int64

	broken []string // links that lead to nothing
}

func newSnapshot() *snapshot {
	return &snapshot{files: map[string][]byte{}}
}

// cleanName refuses what could leave the package, and yields a slash path.
func cleanName(name string) (string, error) {
	n := strings.ReplaceAll(name, `\`, "/")
	switch {
	case len(n) > MaxPathBytes || strings.Count(n, "/") > MaxPathDepth:
		return "", fault.New(fault.Limit, "path %.80q is too long or too deep", name)
	case !utf8.ValidString(n) || strings.ContainsRune(n, 0):
		return "", fault.New(fault.Invalid, "path %.80q is not valid UTF-8", name).WithHint("store file names as UTF-8")
	case strings.HasPrefix(n, "/") || (len(n) > 1 && n[1] == ':'):
		return "", fault.New(fault.Invalid, "path %.80q is absolute", name).WithHint("pack the project with relative paths")
	}
	if slices.Contains(strings.Split(n, "/"), "..") {
		return "", fault.New(fault.Invalid, "path %.80q leaves the package", name).WithHint("remove the .. from the path")
	}
	return path.Clean(n), nil
}

// unwanted are folders and files that are never part of a mini-program.
func unwanted(name string) bool {
	for _, part := range strings.Split(name, "/") {
		if part == "node_modules" || part == "__MACOSX" || (strings.HasPrefix(part, ".") && part != ".") {
			return true
		}
	}
	return false
}

func (s *snapshot) add(name string, r io.Reader) error {
	if len(s.files) >= MaxFiles {
		return fault.New(fault.Limit, "more than %d files", MaxFiles).WithHint("open the folder of the mini-program alone, without build output")
	}
	body, err := io.ReadAll(io.LimitReader(r, MaxFileBytes+1))
	if err != nil {
		return fault.New(fault.Invalid, "read %s: %w", name, err)
	}
	if len(body) > MaxFileBytes {
		return fault.New(fault.Limit, "%s is larger than %d bytes", name, MaxFileBytes).WithHint("keep large media out of the package")
	}
	if s.total += int64(len(body)); s.total > MaxTotalBytes {
		return fault.New(fault.Limit, "the package is larger than %d bytes", MaxTotalBytes).WithHint("keep large media out of the package")
	}
	if _, twice := s.files[name]; twice {
		return fault.New(fault.Invalid, "%s stands in the package twice", name).WithHint("pack the project again")
	}
	s.files[name] = body
	return nil
}

// under yields the part of the snapshot below dir.
func (s *snapshot) under(dir string) *snapshot {
	if dir == "." {
		return s
	}
	sub := newSnapshot()
	for name, body := range s.files {
		if rest, ok := strings.CutPrefix(name, dir+"/"); ok {
			sub.files[rest] = body
		}
	}
	return sub
}

func (s *snapshot) names() []string {
	names := make([]string, 0, len(s.files))
	for n := range s.files {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

func (s *snapshot) hash() string {
	h := sha256.New()
	for _, n := range s.names() {
		sum := sha256.Sum256(s.files[n])
		fmt.Fprintf(h, "%d:%s:%x\n", len(n), n, sum)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

// index builds the folders; called once when all files are in.
func (s *snapshot) index() error {
	s.dirs = map[string][]fs.DirEntry{".": nil}
	seen := map[string]bool{}
	for _, n := range s.names() {
		s.dirs[path.Dir(n)] = append(s.dirs[path.Dir(n)], entry{path.Base(n), int64(len(s.files[n])), false})
		for d := path.Dir(n); d != "." && !seen[d]; d = path.Dir(d) {
			if _, file := s.files[d]; file {
				return fault.New(fault.Invalid, "%s is both a file and a folder", d).WithHint("pack the project again")
			}
			seen[d] = true
			s.dirs[path.Dir(d)] = append(s.dirs[path.Dir(d)], entry{path.Base(d), 0, true})
		}
	}
	for d := range s.dirs {
		slices.SortFunc(s.dirs[d], func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return nil
}

// Open implements fs.FS.
func (s *snapshot) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if body, ok := s.files[name]; ok {
		return &file{entry{path.Base(name), int64(len(body)), false}, bytes.NewReader(body)}, nil
	}
	if list, ok := s.dirs[name]; ok {
		return &folder{entry: entry{path.Base(name), 0, true}, rest: list}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadFile implements fs.ReadFileFS.
func (s *snapshot) ReadFile(name string) ([]byte, error) {
	if body, ok := s.files[name]; ok {
		return bytes.Clone(body), nil
	}
	return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist}
}

type entry struct {
	name string
	size int64
	dir  bool
}

func (e entry) Name() string               { return e.name }
func (e entry) IsDir() bool                { return e.dir }
func (e entry) Size() int64                { return e.size }
func (e entry) ModTime() time.Time         { return time.Time{} }
func (e entry) Sys() any                   { return nil }
func (e entry) Info() (fs.FileInfo, error) { return e, nil }
func (e entry) Type() fs.FileMode          { return e.Mode().Type() }
func (e entry) Mode() fs.FileMode {
	if e.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type file struct {
	entry
	*bytes.Reader
}

func (f *file) Size() int64                { return f.entry.size }
func (f *file) Stat() (fs.FileInfo, error) { return f.entry, nil }
func (f *file) Close() error               { return nil }

type folder struct {
	entry
	rest []fs.DirEntry
}

func (d *folder) Stat() (fs.FileInfo, error) { return d.entry, nil }
func (d *folder) Close() error               { return nil }
func (d *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: fs.ErrInvalid}
}

// ReadDir implements fs.ReadDirFile.
func (d *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		list := d.rest
		d.rest = nil
		return list, nil
	}
	if len(d.rest) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.rest))
	list := d.rest[:n]
	d.rest = d.rest[n:]
	return list, nil
}
