package miniapp_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/miniapp"
)

// A schema that refers to itself often grows with every level.
func TestSchemaBomb(t *testing.T) {
	t.Parallel()
	node := `{"properties":{`
	for i := range 20 {
		node += strconv.Quote(strconv.Itoa(i)) + `:{"$ref":"#/$defs/x"},`
	}
	node += `"z":{}}}`
	src := `{"apis":[{"name":"boom","inputSchema":{"$defs":{"x":` + node + `},"$ref":"#/$defs/x"}},` +
		`{"name":"wide","inputSchema":{"properties":{` + strings.TrimSuffix(strings.Repeat(`"a":{},`, 5000), ",") + `}}}]}`
	d, err := miniapp.ParseDoc("mcp.json", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	miniapp.ParseMCP(d) // must come back
}
