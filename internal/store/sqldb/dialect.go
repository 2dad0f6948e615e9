package sqldb

import (
	_ "embed"
	"regexp"
	"strings"
)

// Dialect turns the shared SQL into one database's own.
type Dialect struct {
	Name   string // as it stands before the colon of a dialect comment: "pg" or "sqlite"
	Marker string // what starts a numbered parameter
}

// The two dialects.
var (
	SQLite   = Dialect{Name: "sqlite", Marker: "?"}
	Postgres = Dialect{Name: "pg", Marker: "$"}
)

//go:embed queries.sql
var queriesSQL string

var (
	dialectComment = regexp.MustCompile(`(?s)/\*(pg|sqlite):(.*?)\*/`)
	lineComment    = regexp.MustCompile(`(?m)^\s*--.*\n?`)
	parameter      = regexp.MustCompile(`\$(\d+)`)
)

// Expand makes the parts of a text that are meant for d live and drops the other dialect's.
func (d Dialect) Expand(sql string) string {
	sql = dialectComment.ReplaceAllStringFunc(sql, func(c string) string {
		m := dialectComment.FindStringSubmatch(c)
		if m[1] == d.Name {
			return m[2]
		}
		return ""
	})
	if d.Marker == "$" {
		return sql
	}
	return parameter.ReplaceAllString(sql, d.Marker+"$1")
}

// Statements splits a script; no statement of ours holds a semicolon inside.
func (d Dialect) Statements(script string) []string {
	var out []string
	for s := range strings.SplitSeq(lineComment.ReplaceAllString(d.Expand(script), ""), ";") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Named reads a file of "-- name: x" queries.
func (d Dialect) Named(file string) map[string]string {
	out := map[string]string{}
	for i, part := range strings.Split(d.Expand(file), "-- name: ") {
		if i == 0 {
			continue
		}
		name, sql, _ := strings.Cut(part, "\n")
		out[strings.TrimSpace(name)] = strings.TrimSpace(lineComment.ReplaceAllString(sql, ""))
	}
	return out
}
