package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/bangwo/bangwo/internal/app"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/web"
)

const doctorHelp = `Doctor looks at this machine and the data folder and says what is missing and how to mend it. It ends with exit
code 1 when something that is needed is missing; what is only nice to have is a note.`

// finding is one thing that doctor looked at.
type finding struct {
	Name   string `json:"name"`
	State  string `json:"state"` // ok, note, missing
	Detail string `json:"detail"`
	Mend   string `json:"mend,omitempty"`
}

func newDoctor(c *common) *cobra.Command {
	cfg := app.Defaults()
	cmd := &cobra.Command{Use: "doctor", Short: "Look for what is missing", Example: "  bangwo doctor --data ./data\n  bangwo doctor --db postgres://bangwo@db/bangwo --json", Long: doctorHelp, Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg.Log, cfg.Version, cfg.Passive = c.logger(cmd.ErrOrStderr()), version, true
			return diagnose(cmd, c, cfg)
		}}
	c.platform(cmd, &cfg)
	return cmd
}

func diagnose(cmd *cobra.Command, c *common, cfg app.Config) error {
	found := []finding{{Name: "bangwo", State: "ok", Detail: fmt.Sprintf("%s %s, %s, %d processors", version, commit(), runtime.Version(), runtime.NumCPU())}, ui()}
	found = append(found, platform(cmd.Context(), cfg)...)
	found = append(found, folder(cfg)...)
	found = append(found, tool("chromium", "the screen track and the end-to-end tests", "apt-get install chromium", "chromium", "chromium-browser", "google-chrome"),
		tool("postgresql", "tests against PostgreSQL", "apt-get install postgresql", postgres()...),
		tool("node", "building the UI", "install Node 20 or newer", "node"))
	code := exitDone
	rows := [][]string{}
	for _, f := range found {
		if f.State == "missing" {
			code = exitFailed
		}
		rows = append(rows, []string{f.State, f.Name, f.Detail + ifSet("; ", f.Mend)})
	}
	var err error
	if c.json {
		err = printJSON(cmd.OutOrStdout(), found)
	} else {
		err = printTable(cmd.OutOrStdout(), rows...)
	}
	if err == nil && code != exitDone {
		err = exit(code)
	}
	return err
}

func ifSet(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

func ui() finding {
	if web.Built() {
		return finding{Name: "ui", State: "ok", Detail: "built in"}
	}
	return finding{Name: "ui", State: "note", Detail: "not built in", Mend: "make build"}
}

// platform opens the data folder's database and starts a script worker.
func platform(ctx context.Context, cfg app.Config) []finding {
	made := false
	if _, err := os.Stat(cfg.Data); os.IsNotExist(err) && cfg.DB == "" {
		dir, err := os.MkdirTemp("", "bangwo-doctor-")
		if err != nil {
			return []finding{{Name: "data", State: "missing", Detail: err.Error(), Mend: "make the temporary folder writable"}}
		}
		defer os.RemoveAll(dir)
		cfg.Data, made = dir, true
	}
	a, err := app.New(ctx, cfg)
	if err != nil {
		return []finding{{Name: "data", State: "missing", Detail: err.Error(), Mend: "is the folder yours, is the database reachable?"}}
	}
	defer a.Close()
	out := []finding{{Name: "data", State: "ok", Detail: "the database opens"}}
	if made {
		out[0].Detail = "there is none yet; a new one can be made"
	}
	if err := a.Ledger().Verify(ctx); err != nil {
		out = append(out, finding{Name: "ledger", State: "missing", Detail: err.Error(), Mend: "keep the folder as it is and report this"})
	} else {
		out = append(out, finding{Name: "ledger", State: "ok", Detail: "every currency sums to zero"})
	}
	n, err := a.Services().Count(ctx)
	if err != nil {
		return append(out, finding{Name: "services", State: "missing", Detail: err.Error(), Mend: "is the database reachable?"})
	}
	out = append(out, finding{Name: "services", State: "ok", Detail: strconv.Itoa(n) + " known"})
	return append(out, packages(a.Services().Services(ctx))...)
}

// packages notes services whose folder or program is gone.
func packages(services []catalog.Service) []finding {
	var out []finding
	for _, s := range services {
		if s.Source.Path == "" {
			continue
		}
		if _, err := os.Stat(s.Source.Path); err != nil {
			out = append(out, finding{Name: "service " + s.ID, State: "note", Detail: err.Error(), Mend: "bangwo service remove " + s.ID})
		}
	}
	return out
}

// tool looks for one of several programs; without it only something that is nice to have is missing.
func tool(name, use, mend string, names ...string) finding {
	for _, n := range names {
		if path, err := exec.LookPath(n); err == nil {
			return finding{Name: name, State: "ok", Detail: path}
		}
	}
	return finding{Name: name, State: "note", Detail: "not found; it is for " + use, Mend: mend}
}

// postgres lists where the server's own programs may lie: distributions keep them off the path.
func postgres() []string {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return []string{"initdb"}
	}
	return append(found, "initdb")
}
