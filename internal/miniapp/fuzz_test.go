package miniapp_test

import (
	"bytes"
	"io/fs"
	"testing"

	"github.com/bangwo/bangwo/internal/miniapp"
	"github.com/bangwo/bangwo/internal/miniapp/check"
)

func FuzzOpenZip(f *testing.F) {
	f.Add([]byte("PK\x05\x06" + string(make([]byte, 18))))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := miniapp.OpenZip(bytes.NewReader(body), int64(len(body)), "fuzz")
		if err != nil {
			return
		}
		files, total := 0, int64(0)
		_ = fs.WalkDir(p.FS, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				info, _ := d.Info()
				files, total = files+1, total+info.Size()
			}
			return err
		})
		if files > miniapp.MaxFiles || total > miniapp.MaxTotalBytes || len(p.Problems) > miniapp.MaxProblems {
			t.Fatalf("out of bounds: %d files, %d bytes, %d problems", files, total, len(p.Problems))
		}
		if n := len(check.Run(p)); n > check.MaxFindings {
			t.Fatalf("%d findings", n)
		}
	})
}

func FuzzParseMCP(f *testing.F) {
	for _, s := range []string{
		`{"apis":[{"name":"a","inputSchema":{"type":"object","properties":{"b":{"enum":[1,null]}}},"_meta":{"ui":{"componentPath":"c","pagePath":"/p"}}}],"components":[{"path":"c","permissions":{"scope.dynamic":{}}}]}`,
		"\xef\xbb\xbf{ // c\n\"apis\": [,], }",
		`{"apis":{}}`, `[]`, `{"apis":[{"name":"a","inputSchema":{"$ref":"#/definitions/x","definitions":{"x":{"$ref":"#/definitions/x"}}}}]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		d, err := miniapp.ParseDoc("mcp.json", body)
		if err != nil {
			return
		}
		apis, components, problems := miniapp.ParseMCP(d)
		if len(apis) > miniapp.MaxAPIs || len(components) > miniapp.MaxAPIs || len(problems) > miniapp.MaxProblems {
			t.Fatalf("%d apis, %d components, %d problems", len(apis), len(components), len(problems))
		}
		for _, a := range apis {
			if a.Name == "" || a.Input == nil || a.Line < 1 {
				t.Fatalf("half an api: %+v", a)
			}
		}
	})
}
