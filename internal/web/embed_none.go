//go:build no_ui

package web

import "io/fs"

// embedded has nothing in a build without the UI.
func embedded() fs.FS { return nil }
