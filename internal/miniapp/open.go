package miniapp

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/bangwo/bangwo/internal/fault"
)

// Open loads the package at path: a folder or a zip. It fails only when there is no mini-program to speak of
// or a bound is broken; what is wrong with single skills is in Problems.
func Open(path string) (*Package, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "no such file or folder: %s", path)
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "open package: %w", err)
	}
	files, name := newSnapshot(), strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if info.IsDir() {
		if abs, err := filepath.Abs(path); err == nil {
			name = filepath.Base(abs)
		}
		err = readFolder(files, path)
	} else {
		err = readZipFile(files, path, info.Size())
	}
	if err != nil {
		return nil, err
	}
	return load(files, name)
}

// OpenZip loads a package from a zip that is already at hand, such as an upload. name is for people.
func OpenZip(r io.ReaderAt, size int64, name string) (*Package, error) {
	files := newSnapshot()
	if err := readZip(files, r, size); err != nil {
		return nil, err
	}
	return load(files, name)
}

func readFolder(files *snapshot, path string) error {
	root, err := os.OpenRoot(path) // refuses symbolic links that leave it
	if err != nil {
		return fault.New(fault.Invalid, "open package: %w", err)
	}
	defer root.Close()
	return fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fault.New(fault.Invalid, "read %s: %w", name, err)
		}
		if d.Type()&fs.ModeSymlink != 0 && dangling(root, name) {
			files.broken = append(files.broken, name) // such as a link to what a build has yet to make
			return nil
		}
		if name != "." && unwanted(name) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		return readEntry(files, root, name)
	})
}

// dangling tells whether a link stays within the package but leads to nothing. One that leaves it is refused elsewhere.
func dangling(root *os.Root, name string) bool {
	_, err := root.Stat(name)
	return errors.Is(err, fs.ErrNotExist)
}

func readEntry(files *snapshot, root *os.Root, name string) error {
	clean, err := cleanName(name)
	if err != nil {
		return err
	}
	info, err := root.Stat(name)
	if err != nil {
		return fault.New(fault.Invalid, "%s points outside the package or to nothing: %w", name, err).WithHint("replace the link by the file itself")
	}
	if info.IsDir() { // a link to a folder: it is read where it really lies
		return nil
	}
	if !info.Mode().IsRegular() {
		return fault.New(fault.Invalid, "%s is not a regular file", name).WithHint("remove it from the package")
	}
	f, err := root.Open(name)
	if err != nil {
		return fault.New(fault.Invalid, "read %s: %w", name, err)
	}
	defer f.Close()
	return files.add(clean, f)
}

func readZipFile(files *snapshot, path string, size int64) error {
	f, err := os.Open(path)
	if err != nil {
		return fault.New(fault.Invalid, "open package: %w", err)
	}
	defer f.Close()
	return readZip(files, f, size)
}

func readZip(files *snapshot, r io.ReaderAt, size int64) error {
	if size > MaxZipBytes {
		return fault.New(fault.Limit, "the zip is larger than %d bytes", MaxZipBytes).WithHint("keep large media out of the package")
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return fault.New(fault.Invalid, "not a folder and not a zip: %w", err).WithHint("give the mini-program's folder, or a .zip of it")
	}
	if len(z.File) > 4*MaxFiles { // folders and unwanted files count too
		return fault.New(fault.Limit, "more than %d entries in the zip", 4*MaxFiles).WithHint("pack the folder of the mini-program alone")
	}
	for _, f := range z.File {
		if err := readZipEntry(files, f); err != nil {
			return err
		}
	}
	return nil
}

func readZipEntry(files *snapshot, f *zip.File) error {
	name, err := cleanName(f.Name)
	if err != nil {
		return err
	}
	mode := f.Mode()
	if mode.IsDir() || strings.HasSuffix(f.Name, "/") || name == "." || unwanted(name) {
		return nil
	}
	if !mode.IsRegular() {
		return fault.New(fault.Invalid, "%s is a link or a device", f.Name).WithHint("pack the file itself")
	}
	if f.UncompressedSize64 > MaxFileBytes {
		return fault.New(fault.Limit, "%s is larger than %d bytes", f.Name, MaxFileBytes).WithHint("keep large media out of the package")
	}
	r, err := f.Open()
	if err != nil {
		return fault.New(fault.Invalid, "read %s: %w", f.Name, err).WithHint("pack the project again")
	}
	defer r.Close()
	return files.add(name, r)
}
