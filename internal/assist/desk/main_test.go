package desk_test

import (
	"flag"
	"os"
	"testing"
)

// checks is how many errands the property test draws unless the command line says otherwise; each has a database of its own.
const checks = "40"

func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", checks); err != nil {
		panic(err)
	}
	flag.Parse()
	os.Exit(m.Run())
}
