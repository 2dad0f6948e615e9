package dictionary

import "strings"

// Ends are the first and the last key of the Chinese list.
func Ends() []string {
	lines := strings.Split(strings.TrimSpace(string(english())), "\n")
	first, _, _ := strings.Cut(lines[0], "\t")
	last, _, _ := strings.Cut(lines[len(lines)-1], "\t")
	return []string{first, last}
}
