package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/bangwo/bangwo/internal/app"
)

// minFree is the room below which a data folder is in danger: the database and its journal must be able to grow.
const minFree = 512 << 20

// folder looks at what only the data folder's owner may read, and at the room it has.
func folder(cfg app.Config) []finding {
	var out []finding
	key := cfg.KeyFile
	if key == "" {
		key = filepath.Join(cfg.Data, "secret.key")
	}
	for _, at := range [][2]string{{"data folder", cfg.Data}, {"key of sign-ins", key}} {
		name, path := at[0], at[1]
		info, err := os.Stat(path)
		if err != nil {
			continue // made when it is needed
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			out = append(out, finding{Name: name, State: "note", Detail: fmt.Sprintf("%s may be read by others (mode %o)", path, mode), Mend: "chmod go= " + path})
		} else {
			out = append(out, finding{Name: name, State: "ok", Detail: path + " is its owner's only"})
		}
	}
	if free, ok := freeBytes(cfg.Data); ok {
		f := finding{Name: "room", State: "ok", Detail: fmt.Sprintf("%d MB are free", free>>20)}
		if free < minFree {
			f.State, f.Mend = "missing", fmt.Sprintf("make room: %d MB at least", minFree>>20)
		}
		out = append(out, f)
	}
	return out
}
