//go:build unix

package sqlite_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// sector is what a disk writes whole; a longer write may be torn between two.
const sector = 512

// disk is a file layer between SQLite and the system's: it knows what of each file a power cut would leave, and fails
// when it is told to.
type disk struct {
	name string
	real *lib.Tsqlite3_vfs

	mu    sync.Mutex
	open  map[uintptr]string // the paths of open files
	files map[string]*image
	wraps map[uintptr]uintptr         // our table of methods for each of the real layer's
	fault func(op, path string) int32 // the error of an operation, 0 to let it pass
}

// image is a file as the disk surely has it, and the writes that it may still hold back, in order.
type image struct {
	durable []byte
	pending []change
}

// change is a write, or a cut to a size where data is nil.
type change struct {
	at   int64
	data []byte
}

var disks atomic.Int64

// newDisk registers a file layer under a name of its own. It stays registered: SQLite has no safe moment to forget it.
func newDisk(t testing.TB) *disk {
	t.Helper()
	tls := libc.NewTLS()
	d := &disk{name: fmt.Sprint("disk", disks.Add(1)), open: map[uintptr]string{}, files: map[string]*image{}, wraps: map[uintptr]uintptr{}}
	d.mended()
	if lib.Xsqlite3_initialize(tls) != lib.SQLITE_OK {
		t.Fatal("sqlite does not initialize")
	}
	real := lib.Xsqlite3_vfs_find(tls, 0)
	d.real = (*lib.Tsqlite3_vfs)(at(real))
	name, err := libc.CString(d.name)
	if err != nil {
		t.Fatal(err)
	}
	mine := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(lib.Tsqlite3_vfs{})))
	v := (*lib.Tsqlite3_vfs)(at(mine))
	*v = *d.real
	v.FzName, v.FpNext = name, 0
	v.FxOpen = pointer(func(tls *libc.TLS, _, path, file uintptr, flags int32, out uintptr) int32 {
		return d.openFile(tls, real, path, file, flags, out)
	})
	v.FxDelete = pointer(func(tls *libc.TLS, _, path uintptr, dirSync int32) int32 {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.files, libc.GoString(path)) // at once and for good: it happens only while the file is set up
		return call[deleteFunc](d.real.FxDelete)(tls, real, path, dirSync)
	})
	if rc := lib.Xsqlite3_vfs_register(tls, mine, 0); rc != lib.SQLITE_OK {
		t.Fatalf("register the file layer: %d", rc)
	}
	return d
}

// at makes memory that SQLite allocated, which Go's collector never moves, readable.
func at(p uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&p)) }

// kept are the functions that SQLite knows the addresses of, which Go's collector does not see there.
var (
	keepMu sync.Mutex
	kept   []any
)

// pointer is what SQLite's code takes for the address of a function; call is the way back.
func pointer[F any](f F) uintptr {
	keepMu.Lock()
	defer keepMu.Unlock()
	kept = append(kept, f)
	return *(*uintptr)(unsafe.Pointer(&struct{ f F }{f}))
}

func call[F any](p uintptr) F { return *(*F)(unsafe.Pointer(&struct{ p uintptr }{p})) }

type (
	openFunc     = func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32
	deleteFunc   = func(*libc.TLS, uintptr, uintptr, int32) int32
	closeFunc    = func(*libc.TLS, uintptr) int32
	writeFunc    = func(*libc.TLS, uintptr, uintptr, int32, int64) int32
	truncateFunc = func(*libc.TLS, uintptr, int64) int32
	syncFunc     = func(*libc.TLS, uintptr, int32) int32
)

func (d *disk) openFile(tls *libc.TLS, real, path, file uintptr, flags int32, out uintptr) int32 {
	rc := call[openFunc](d.real.FxOpen)(tls, real, path, file, flags, out)
	f := (*lib.Tsqlite3_file)(at(file))
	if rc != lib.SQLITE_OK || path == 0 || f.FpMethods == 0 {
		return rc
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	name := libc.GoString(path)
	d.open[file] = name
	if d.files[name] == nil {
		content, _ := os.ReadFile(name)
		d.files[name] = &image{durable: content}
	}
	if d.wraps[f.FpMethods] == 0 {
		d.wraps[f.FpMethods] = d.wrap(tls, (*lib.Tsqlite3_io_methods)(at(f.FpMethods)))
	}
	f.FpMethods = d.wraps[f.FpMethods]
	return rc
}

// wrap makes a table of methods in SQLite's memory: the real ones, but for what changes a file.
func (d *disk) wrap(tls *libc.TLS, real *lib.Tsqlite3_io_methods) uintptr {
	mine := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(*real)))
	m := (*lib.Tsqlite3_io_methods)(at(mine))
	*m = *real
	m.FxClose = pointer(func(tls *libc.TLS, file uintptr) int32 {
		d.mu.Lock()
		delete(d.open, file)
		d.mu.Unlock()
		return call[closeFunc](real.FxClose)(tls, file)
	})
	m.FxWrite = pointer(func(tls *libc.TLS, file, buf uintptr, n int32, offset int64) int32 {
		d.mu.Lock()
		defer d.mu.Unlock()
		if rc := d.fault("write", d.open[file]); rc != 0 {
			return rc
		}
		d.note(file, change{offset, slices.Clone(unsafe.Slice((*byte)(at(buf)), n))})
		return call[writeFunc](real.FxWrite)(tls, file, buf, n, offset)
	})
	m.FxTruncate = pointer(func(tls *libc.TLS, file uintptr, size int64) int32 {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.note(file, change{at: size})
		return call[truncateFunc](real.FxTruncate)(tls, file, size)
	})
	m.FxSync = pointer(func(tls *libc.TLS, file uintptr, flags int32) int32 {
		d.mu.Lock()
		defer d.mu.Unlock()
		if rc := d.fault("sync", d.open[file]); rc != 0 {
			return rc
		}
		if f := d.files[d.open[file]]; f != nil {
			for _, c := range f.pending {
				f.durable = c.apply(f.durable, 0, len(c.data))
			}
			f.pending = nil
		}
		return call[syncFunc](real.FxSync)(tls, file, flags)
	})
	return mine
}

func (d *disk) note(file uintptr, c change) {
	if f := d.files[d.open[file]]; f != nil {
		f.pending = append(f.pending, c)
	}
}

// apply writes the bytes from … to of a change, or cuts.
func (c change) apply(b []byte, from, to int) []byte {
	if c.data == nil {
		if c.at < int64(len(b)) {
			return b[:c.at]
		}
		return b
	}
	if end := c.at + int64(to); end > int64(len(b)) {
		b = append(b, make([]byte, end-int64(len(b)))...)
	}
	copy(b[c.at+int64(from):], c.data[from:to])
	return b
}

// cut writes into folder what a power cut at this instant could leave: what was flushed and, of what was not, any
// sectors in any order.
func (d *disk) cut(folder string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var errs []error
	for path, f := range d.files {
		if strings.HasSuffix(path, "-shm") {
			continue // memory of the processes, not of the disk
		}
		left := slices.Clone(f.durable)
		reach := rand.IntN(len(f.pending) + 1) // of the held back writes, those after this one never left memory
		for _, c := range f.pending[:reach] {
			if c.data == nil {
				if rand.IntN(2) == 0 {
					left = c.apply(left, 0, 0)
				}
				continue
			}
			for from := 0; from < len(c.data); from += sector {
				if rand.IntN(4) > 0 {
					left = c.apply(left, from, min(from+sector, len(c.data)))
				}
			}
		}
		errs = append(errs, os.WriteFile(filepath.Join(folder, filepath.Base(path)), left, 0o600))
	}
	return errors.Join(errs...)
}

// failing makes operations fail from now on, those of a kind on paths with an ending; it returns how often that happened.
func (d *disk) failing(op, suffix string, rc int32) *atomic.Int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := &atomic.Int64{}
	d.fault = func(o, path string) int32 {
		if o == op && strings.HasSuffix(path, suffix) {
			n.Add(1)
			return rc
		}
		return 0
	}
	return n
}

// mended lets everything pass again.
func (d *disk) mended() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fault = func(string, string) int32 { return 0 }
}
