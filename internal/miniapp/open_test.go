package miniapp_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/miniapp"
)

func open(t *testing.T, dir string) *miniapp.Package {
	t.Helper()
	p, err := miniapp.Open(dir)
	if err != nil {
		t.Fatalf("open %s: %v", dir, err)
	}
	return p
}

func TestOpenWeChatPackage(t *testing.T) {
	t.Parallel()
	p := open(t, "testdata/wx-kiosk")
	if p.Dialect != miniapp.WX || p.Name != "街角小卖部" || len(p.Problems) > 0 || p.Root != "." {
		t.Fatalf("dialect %s, name %s, root %s, problems %v", p.Dialect, p.Name, p.Root, p.Problems)
	}
	if want := []string{"pages/list/list", "orders/pages/pay"}; !slices.Equal(p.App.Pages, want) {
		t.Errorf("pages %v, want %v", p.App.Pages, want)
	}
	if want := []string{"api.kiosk.example"}; !slices.Equal(p.Domains, want) {
		t.Errorf("domains %v, want %v", p.Domains, want)
	}
	if p.App.Agent.Text == "" || len(p.App.Agent.Pages) != 1 || p.App.Agent.Pages[0].Query == nil {
		t.Errorf("agent %+v", p.App.Agent)
	}
	s, ok := p.Skill("kiosk")
	if !ok || len(s.APIs) != 2 || len(s.Components) != 1 {
		t.Fatalf("skill %+v", s)
	}
	if want := []string{"有什么薯片", "帮我拿两包海苔", "来点下酒的小零食"}; !slices.Equal(s.Triggers, want) {
		t.Errorf("triggers %v, want %v", s.Triggers, want)
	}
	a, _ := s.API("placeOrder")
	if a == nil || a.PagePath != "/orders/pages/pay" || a.ComponentPath != "" || a.Line != 20 || len(a.Input.Properties) != 2 || !a.Input.Properties[0].Required {
		t.Errorf("api %+v", a)
	}
}

func TestOpenAlipayPackage(t *testing.T) {
	t.Parallel()
	p := open(t, "testdata/my-mend")
	if p.Dialect != miniapp.MY || p.Root != "src" || p.Name != "巷口修鞋铺" || len(p.Problems) > 0 {
		t.Fatalf("dialect %s, root %s, name %s, problems %v", p.Dialect, p.Root, p.Name, p.Problems)
	}
	s := p.Skills[0]
	if s.FrontMatter["displayName"] != "修鞋" || !s.Components[0].Dynamic || s.Components[0].ExpiredText == "" {
		t.Errorf("front matter %v, components %+v", s.FrontMatter, s.Components)
	}
	for _, want := range []string{"鞋跟掉了能修吗", "帮我登记一个换底", "修鞋"} {
		if !slices.Contains(s.Triggers, want) {
			t.Errorf("triggers %v lack %s", s.Triggers, want)
		}
	}
}

// A package with everything that real projects get wrong: what can be used is used, the rest is reported.
func TestOpenOddPackage(t *testing.T) {
	t.Parallel()
	p := open(t, "testdata/wx-odd")
	if p.Root != "app" || len(p.Skills) != 3 {
		t.Fatalf("root %s, skills %v", p.Root, p.Skills)
	}
	one, two := p.Skills[0], p.Skills[1]
	if one.MCP != nil || len(one.APIs) != 0 || one.EntryFile == "" {
		t.Errorf("broken skill %+v", one)
	}
	var names []string
	for _, a := range two.APIs {
		names = append(names, a.Name)
	}
	if !slices.Equal(names, []string{"flat", "bare"}) {
		t.Errorf("apis %v", names)
	}
	flat := two.APIs[0]
	if flat.ComponentPath != "components/c/index" || flat.PagePath != "/home" || !flat.Input.Closed || flat.Output != nil {
		t.Errorf("flat %+v", flat)
	}
	if !two.Components[0].Dynamic || len(two.Components) != 1 {
		t.Errorf("components %+v", two.Components)
	}
	if want := []string{"order two coffees", "a flat white, please"}; !slices.Equal(two.Triggers, want) {
		t.Errorf("triggers %v, want %v", two.Triggers, want)
	}
	for _, want := range []string{"kit/one/mcp.json", "kit/two/mcp.json", "kit/two/SKILL.md", "kit/three/index.js", "app.json"} {
		if !slices.ContainsFunc(p.Problems, func(x miniapp.Problem) bool { return x.File == want && x.Message != "" }) {
			t.Errorf("no problem of %s in %v", want, p.Problems)
		}
	}
	if slices.ContainsFunc(p.Problems, func(x miniapp.Problem) bool {
		return strings.Contains(x.Message, "etc") && strings.Contains(x.Message, "neither")
	}) {
		t.Error("a path outside the package was looked up")
	}
}

// zipOf packs a folder below a prefix.
func zipOf(t *testing.T, dir, prefix string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		w, err := z.Create(prefix + name)
		if err == nil {
			_, err = w.Write(body)
		}
		return err
	})
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestZipIsTheFolder(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"testdata/wx-kiosk", "testdata/my-mend", "testdata/wx-odd"} {
		for _, prefix := range []string{"", "outer-1.0/", "a/b/"} {
			file := filepath.Join(t.TempDir(), "p.zip")
			if err := os.WriteFile(file, zipOf(t, dir, prefix), 0o600); err != nil {
				t.Fatal(err)
			}
			a, b := open(t, dir), open(t, file)
			if a.Hash != b.Hash || len(a.Skills) != len(b.Skills) || a.Dialect != b.Dialect {
				t.Errorf("%s as zip below %q differs", dir, prefix)
			}
		}
	}
}

func TestHashFollowsContent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/wx-kiosk")); err != nil {
		t.Fatal(err)
	}
	before := open(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "app.js"), []byte("App({})"), 0o600); err != nil {
		t.Fatal(err)
	}
	after := open(t, dir)
	if before.Hash == after.Hash {
		t.Error("a changed file left the hash as it was")
	}
	body, err := fs.ReadFile(before.FS, "app.js")
	if err != nil || !strings.Contains(string(body), "onLaunch") {
		t.Error("a loaded package changed with the disk")
	}
}

func TestSnapshotIsAFileSystem(t *testing.T) {
	t.Parallel()
	p := open(t, "testdata/wx-kiosk")
	if err := fstest.TestFS(p.FS, "app.json", "skills/kiosk/mcp.json", "skills/kiosk/components/snack-list/index.wxml"); err != nil {
		t.Fatal(err)
	}
}

type item struct {
	name string
	body string
	mode fs.FileMode
}

func pack(t *testing.T, items ...item) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, x := range items {
		h := &zip.FileHeader{Name: x.name, Method: zip.Deflate}
		h.SetMode(x.mode | 0o644)
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(x.body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHostileZips(t *testing.T) {
	t.Parallel()
	app := item{name: "app.json", body: "{}"}
	var many []item
	for i := range miniapp.MaxFiles + 1 {
		many = append(many, item{name: "f/" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + "/" + strings.Repeat("y", i/26%50) + "/" + strconv.Itoa(i)})
	}
	deep := strings.Repeat("d/", miniapp.MaxPathDepth+1)
	cases := map[string]struct {
		items []item
		code  fault.Code
	}{
		"traversal":         {[]item{app, {name: "../../evil.js"}}, fault.Invalid},
		"inner traversal":   {[]item{app, {name: "a/../../evil.js"}}, fault.Invalid},
		"backslashes":       {[]item{app, {name: `..\..\evil.js`}}, fault.Invalid},
		"absolute":          {[]item{app, {name: "/etc/passwd"}}, fault.Invalid},
		"drive":             {[]item{app, {name: `C:\evil.js`}}, fault.Invalid},
		"symbolic link":     {[]item{app, {name: "l.js", body: "/etc/passwd", mode: fs.ModeSymlink}}, fault.Invalid},
		"twice":             {[]item{app, app}, fault.Invalid},
		"file and folder":   {[]item{app, {name: "a"}, {name: "a/b"}}, fault.Invalid},
		"bomb":              {[]item{app, {name: "b", body: strings.Repeat("0", miniapp.MaxFileBytes+1)}}, fault.Limit},
		"many files":        {append(many, app), fault.Limit},
		"deep":              {[]item{app, {name: deep + "x"}}, fault.Limit},
		"no app":            {[]item{{name: "readme.md"}}, fault.Invalid},
		"app.json too deep": {[]item{{name: "app.json", body: strings.Repeat("[", miniapp.MaxJSONDepth+1)}}, fault.Limit},
		"app.json broken":   {[]item{{name: "app.json", body: "{\n\n\"pages\": ["}}, fault.Invalid},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := pack(t, c.items...)
			p, err := miniapp.OpenZip(bytes.NewReader(body), int64(len(body)), "x")
			if fault.CodeOf(err) != c.code {
				t.Errorf("package %v, error %v, want %s", p, err, c.code)
			}
		})
	}
}

func TestBrokenJSONNamesTheLine(t *testing.T) {
	t.Parallel()
	body := pack(t, item{name: "app.json", body: "{\n \"pages\": [\n  'x'\n ]\n}"})
	_, err := miniapp.OpenZip(bytes.NewReader(body), int64(len(body)), "x")
	if err == nil || !strings.Contains(err.Error(), "app.json:3") {
		t.Errorf("error %v does not name line 3", err)
	}
}

func TestFolderLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	secret := filepath.Join(t.TempDir(), "secret.js")
	for file, body := range map[string]string{filepath.Join(dir, "app.json"): `{"pages":["a"]}`, filepath.Join(dir, "a.js"): "Page({})", secret: "secret"} {
		if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("a.js", filepath.Join(dir, "b.js")); err != nil {
		t.Skip("no symbolic links here")
	}
	if p := open(t, dir); !p.Exists("b.js") {
		t.Error("a link inside the package was not followed")
	}
	if err := os.Symlink(secret, filepath.Join(dir, "c.js")); err != nil {
		t.Fatal(err)
	}
	if _, err := miniapp.Open(dir); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a link out of the package: %v", err)
	}
}

func TestOpenNothing(t *testing.T) {
	t.Parallel()
	if _, err := miniapp.Open(filepath.Join(t.TempDir(), "none")); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("missing path: %v", err)
	}
	file := filepath.Join(t.TempDir(), "x.txt")
	if err := os.WriteFile(file, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := miniapp.Open(file); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a text file: %v", err)
	}
}
