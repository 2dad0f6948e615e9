package registry

import (
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/catalog"
)

// maxID bounds a service's id.
const maxID = 48

var idPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func validID(id string) bool { return len(id) <= maxID && idPattern.MatchString(id) }

// slug makes an id of the ASCII letters and digits of a name; "" when there are none.
func slug(name string) string {
	var b strings.Builder
	gap := false
	for _, c := range strings.ToLower(name) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(c)
		default:
			gap = true
		}
		if b.Len() >= maxID-6 { // room for a number
			break
		}
	}
	return b.String()
}

func numbered(base string, n int) string {
	if n == 0 {
		return base
	}
	return base + "-" + strconv.Itoa(n+1)
}

// sourceName names a service that does not name itself: its host, or its folder, file or program.
func sourceName(src catalog.Source) string {
	if src.URL != "" {
		if u, err := url.Parse(src.URL); err == nil {
			return u.Hostname()
		}
	}
	base := filepath.Base(src.Path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

func first(values ...string) string {
	for _, v := range values {
		if strings.TrimSpace(v) != "" {
			return v
		}
	}
	return ""
}

// clip cuts s to at most max bytes at a character.
func clip(s string, max int) string {
	if len(s) <= max {
		return s
	}
	for max > 0 && !utf8.RuneStart(s[max]) {
		max--
	}
	return s[:max]
}
