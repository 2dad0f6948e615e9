// Package examples holds the demo merchants, in the formats that real merchants bring: a coffee shop as a WeChat
// Skill package, a flower shop as an Alipay Skill package and a ride service as an MCP server. They are embedded
// so that one binary brings them along; nothing but the composition root knows them.
package examples

import (
	"embed"
	"io/fs"
)

//go:embed all:coffee all:flowers
var packages embed.FS

// Merchant is one demo merchant: a package's files, or a hidden subcommand of the binary that is an MCP server.
type Merchant struct {
	ID      string
	Name    string // "" takes the service's own
	Files   fs.FS
	Command string
}

// RideCommand is the subcommand of the binary that runs the ride service.
const RideCommand = "demo-ride"

// Merchants lists the demo merchants.
func Merchants() []Merchant {
	return []Merchant{
		{ID: "coffee", Files: folder("coffee")},
		{ID: "flowers", Files: folder("flowers")},
		{ID: "ride", Command: RideCommand},
	}
}

// folder cannot fail: the names are those of the embed directive.
func folder(name string) fs.FS {
	sub, err := fs.Sub(packages, name)
	if err != nil {
		panic(err)
	}
	return sub
}
