// Package web embeds the built UI and serves it. The build (npm run build in web/) writes into dist, which git
// ignores; where it was not run, a placeholder page says how to. Every file is read, hashed and compressed once,
// when the handler is made; serving is then lookups in memory and safe for concurrent use.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

const (
	// policy allows the UI's own files and nothing else: no inline script or style, no other origin.
	policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	placeholderPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

	immutable  = "public, max-age=31536000, immutable"
	revalidate = "no-cache"

	minCompress = 512 // bytes below which compressing is not worth a header
)

//go:embed placeholder/index.html
var placeholder []byte

type file struct {
	body, packed []byte // packed is nil where compressing does not pay
	kind         string
	etag         string
	cache        string
}

type handler struct {
	files map[string]*file
	index *file
	csp   string
}

// Handler serves the embedded UI: its files, and index.html for every other path, so that the UI's own
// addresses can be opened and reloaded. A missing asset is 404, never the page. Only GET and HEAD are allowed.
func Handler() http.Handler { return Serve(embedded()) }

// Built tells whether a UI was embedded when the program was built.
func Built() bool {
	f := embedded()
	if f == nil {
		return false
	}
	_, err := fs.Stat(f, "index.html")
	return err == nil
}

// Serve is Handler for the files of any built UI; nil, or files without an index.html, serve the placeholder.
func Serve(files fs.FS) http.Handler {
	h := &handler{files: map[string]*file{}, csp: policy}
	if files != nil {
		// Embedded files cannot fail to be read; another file system that does serves what could be read.
		_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path.Base(name) == ".keep" {
				return err
			}
			body, err := fs.ReadFile(files, name)
			if err == nil {
				h.files["/"+name] = newFile(name, body)
			}
			return err
		})
	}
	h.index = h.files["/index.html"]
	if h.index == nil {
		h.files, h.index, h.csp = nil, newFile("index.html", placeholder), placeholderPolicy
	}
	return h
}

func newFile(name string, body []byte) *file {
	sum := sha256.Sum256(body)
	f := &file{body: body, kind: kindOf(name, body), etag: `"` + hex.EncodeToString(sum[:16]) + `"`, cache: revalidate}
	if strings.HasPrefix(name, "assets/") { // names there carry a hash of the content
		f.cache = immutable
	}
	if len(body) >= minCompress && compressible(f.kind) {
		if packed, err := pack(body); err == nil && len(packed) < len(body) {
			f.packed = packed
		}
	}
	return f
}

// kindOf does not ask the machine's own type tables for what a UI is made of: they differ.
func kindOf(name string, body []byte) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return http.DetectContentType(body)
}

func compressible(kind string) bool {
	return strings.HasPrefix(kind, "text/") || strings.Contains(kind, "json") || strings.Contains(kind, "svg")
}

func pack(body []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	_, werr := w.Write(body)
	if err := errors.Join(werr, w.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	head := w.Header()
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Referrer-Policy", "same-origin")
	head.Set("Cross-Origin-Opener-Policy", "same-origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		head.Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := path.Clean("/" + r.URL.Path)
	f := h.files[name]
	if f == nil && isAsset(name) {
		http.NotFound(w, r)
		return
	}
	if f == nil {
		f = h.index
	}
	h.send(w, r, f)
}

// isAsset tells a file's address from one of the UI's own: those have no extension.
func isAsset(name string) bool {
	return strings.HasPrefix(name, "/assets/") || path.Ext(name) != "" && path.Ext(name) != ".html"
}

func (h *handler) send(w http.ResponseWriter, r *http.Request, f *file) {
	head := w.Header()
	head.Set("Content-Security-Policy", h.csp)
	head.Set("Cache-Control", f.cache)
	head.Set("ETag", f.etag)
	head.Set("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("If-None-Match"), f.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := f.body
	if f.packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		head.Set("Content-Encoding", "gzip")
		body = f.packed
	}
	head.Set("Content-Type", f.kind)
	head.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the reader went away: nothing to do
	}
}
