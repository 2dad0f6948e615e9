//go:build !no_ui

package web

import (
	"embed"
	"io/fs"
)

// all: is needed, or files that begin with a dot or an underscore are left out.
//
//go:embed all:dist
var dist embed.FS

func embedded() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("web: " + err.Error()) // dist is a valid path
	}
	return sub
}
