package lawtest_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// law forbids packages under From (a folder from the root) to import what begins with one of Never: a folder of
// the house, or an import path of others'. Packages under Except are free of it. The first law's domain
// packages are those of the design's rooms: they hold meaning and leave SQL, HTTP and pages to drivers and doors.
type law struct {
	from   []string
	except []string
	never  []string
	why    string
}

var laws = []law{
	{
		from: []string{"internal/assist", "internal/catalog", "internal/order", "internal/ledger", "internal/wallet", "internal/identity",
			"internal/money", "internal/registry", "internal/evidence", "internal/social", "internal/merchant", "internal/lexicon",
			"internal/i18n", "internal/track", "internal/miniapp", "internal/sandbox", "internal/schemacheck", "internal/store"},
		except: []string{"internal/store/sqlite", "internal/store/postgres", "internal/store/sqldb", "internal/store/open", "internal/store/storetest",
			"internal/store/pgtest", "internal/track/mcp", "internal/track/skill"},
		never: []string{"database/sql", "net/http", "github.com/jackc/", "modernc.org/sqlite", "github.com/danielgtaylor/", "github.com/spf13/",
			"internal/store/", "internal/httpapi", "internal/mcpapi", "internal/web", "internal/app", "cmd/"},
		why: "domain packages know no SQL, HTTP, UI or command line",
	},
	{
		from:  []string{"internal/track"},
		never: []string{"internal/ledger", "internal/order", "internal/wallet", "internal/assist", "internal/identity"},
		why:   "tracks move no money and know nothing of the conversation",
	},
	{
		from:  []string{"internal/track/mcp"},
		never: []string{"internal/track/skill", "internal/track/source", "internal/track/screen"},
		why:   "tracks are blind to each other",
	},
	{
		from:  []string{"internal/track/skill"},
		never: []string{"internal/track/mcp", "internal/track/source", "internal/track/screen"},
		why:   "tracks are blind to each other",
	},
	{
		from:  []string{"internal/sandbox"},
		never: []string{"internal/miniapp", "internal/track", "internal/store", "internal/assist", "internal/ledger"},
		why:   "the sandbox runs scripts and knows nothing of mini-programs or of the house",
	},
	{
		from:  []string{"internal/httpapi", "internal/mcpapi"},
		never: []string{"internal/store/", "internal/track/", "internal/app", "internal/web", "internal/sandbox", "internal/miniapp", "cmd/", "examples/"},
		why:   "doors hand requests to the domain; drivers are wired in by the composition root",
	},
	{
		from:  []string{"internal/store"},
		never: []string{"internal/assist", "internal/order", "internal/identity", "internal/registry", "internal/track", "internal/catalog", "internal/httpapi", "internal/app"},
		why:   "storage knows records, events and the ledger, not what they mean",
	},
	{
		from:  []string{"internal/catalog", "internal/money", "internal/fault", "internal/lexicon"},
		never: []string{"internal/track", "internal/assist", "internal/order", "internal/store"},
		why:   "the words of the house stand below its rooms",
	},
	{
		from:   []string{"internal"},
		except: []string{"internal/app", "internal/eval"}, // the evaluation drives the whole product from outside
		never:  []string{"internal/app", "cmd/", "examples"},
		why:    "only the composition root and the binary know the examples, and nothing below knows them",
	},
}

// forbids tells whether l is broken by a file of pkg that imports path.
func (l law) forbids(pkg, path string) bool {
	in := func(roots []string) bool {
		return slices.ContainsFunc(roots, func(r string) bool { return pkg == r || strings.HasPrefix(pkg, r+"/") })
	}
	if !in(l.from) || in(l.except) {
		return false
	}
	own := strings.TrimPrefix(path, module)
	return slices.ContainsFunc(l.never, func(n string) bool {
		if strings.HasSuffix(n, "/") {
			return strings.HasPrefix(own, n)
		}
		return own == n || strings.HasPrefix(own, n+"/")
	})
}

func TestImportsRunTheRightWay(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, imp := range s.file.Imports {
			path, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range laws {
				if l.forbids(s.pkg, path) {
					t.Errorf("%s imports %s: %s", s.path, path, l.why)
				}
			}
		}
	}
}

func TestLawsCatchWhatTheyName(t *testing.T) {
	t.Parallel()
	cases := []struct {
		pkg, path string
		broken    bool
	}{
		{"internal/order", "database/sql", true},
		{"internal/order", "net/http", true},
		{"internal/assist/run", module + "internal/store/sqlite", true},
		{"internal/assist/run", module + "internal/store", false},
		{"internal/track/mcp", module + "internal/track/skill", true},
		{"internal/track/mcp", module + "internal/track", false},
		{"internal/track/skill", module + "internal/ledger", true},
		{"internal/sandbox", module + "internal/miniapp", true},
		{"internal/httpapi", module + "internal/store/postgres", true},
		{"internal/httpapi", module + "internal/order", false},
		{"internal/store/sqlite", "database/sql", false},
		{"internal/web", module + "internal/app", true},
		{"internal/orderly", "database/sql", false},
	}
	for _, c := range cases {
		broken := slices.ContainsFunc(laws, func(l law) bool { return l.forbids(c.pkg, c.path) })
		if broken != c.broken {
			t.Errorf("%s importing %s: forbidden %v, want %v", c.pkg, c.path, broken, c.broken)
		}
	}
}
