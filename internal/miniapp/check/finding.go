// Package check validates Skill packages as the platforms do: WeChat's published rules under WeChat's own
// ids (V…), Alipay's rules (A…), and what both leave to common sense (B…). It reads a loaded package and
// reports; it never runs merchant code. docs/skill-check.md lists every rule.
package check

import (
	"cmp"
	"fmt"
	"io"
	"slices"
)

// Level tells whether a finding keeps the package from being accepted.
type Level string

// The levels.
const (
	Error   Level = "error"
	Warning Level = "warning"
)

// MaxFindings bounds the findings of one package.
const MaxFindings = 1000

// Finding is one thing to mend.
type Finding struct {
	Rule    string `json:"rule"`
	Level   Level  `json:"level"`
	File    string `json:"file,omitempty"` // relative to the app root
	Line    int    `json:"line,omitempty"`
	Message string `json:"message"`
	Mend    string `json:"mend,omitempty"`
}

// Errors counts the findings that are errors.
func Errors(findings []Finding) int {
	n := 0
	for _, f := range findings {
		if f.Level == Error {
			n++
		}
	}
	return n
}

// WriteText writes findings for people, worst first, and a line that sums them up.
func WriteText(w io.Writer, findings []Finding) error {
	for _, f := range findings {
		place := f.File
		if f.Line > 0 {
			place = fmt.Sprintf("%s:%d", f.File, f.Line)
		}
		if place != "" {
			place += ": "
		}
		if _, err := fmt.Fprintf(w, "%s%s %s: %s\n", place, f.Level, f.Rule, f.Message); err != nil {
			return err
		}
		if f.Mend != "" {
			if _, err := fmt.Fprintf(w, "    mend: %s\n", f.Mend); err != nil {
				return err
			}
		}
	}
	bad := Errors(findings)
	_, err := fmt.Fprintf(w, "%d errors, %d warnings\n", bad, len(findings)-bad)
	return err
}

// sorted orders findings by level, file, line and rule, and drops doubles.
func sorted(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(findings)
}
