package run

import (
	"slices"
	"strings"
)

// signals are what an answer says of the pages after it.
type signals struct {
	more, end          bool
	next, cursor       any // as given; nil where there is none
	total, pages       float64
	page, offset, size float64
	hasPage, hasOffset bool
	hasTotal, hasPages bool
	counted            bool // the total is called a count, which may be that of the page
}

// read finds what an answer says of its pages, outside of its lists; the outermost words count.
func read(answer any) signals {
	var s signals
	level := []map[string]any{}
	if m, ok := answer.(map[string]any); ok {
		level = append(level, m)
	}
	for depth := 0; depth < maxPageDepth && len(level) > 0; depth++ {
		var inner []map[string]any
		for _, m := range level {
			for _, name := range sorted(m) {
				s.note(name, m[name])
				if sub, ok := m[name].(map[string]any); ok {
					inner = append(inner, sub)
				}
			}
		}
		level = inner
	}
	return s
}

func (s *signals) note(name string, v any) {
	if link, ok := v.(map[string]any); ok { // links.next.href
		for _, at := range []string{"href", "url"} {
			if text, ok := link[at].(string); ok {
				v = text
			}
		}
	}
	n, isNumber := numberOf(v)
	yes, isBool := v.(bool)
	if text, ok := v.(string); ok && (text == "true" || text == "false") {
		yes, isBool = text == "true", true
	}
	switch kindIn(paging.Answered, name) {
	case "more":
		yes, isBool = yes || isNumber && n > 0, isBool || isNumber
		s.more = s.more || yes
		s.end = s.end || isBool && !yes
	case "end":
		s.end = s.end || isBool && yes
		s.more = s.more || isBool && !yes
	case "next":
		if v == nil || v == "" || isBool && !yes {
			s.end = true // there is a place for the next one, and nothing in it
		} else if s.more = s.more || yes; isBool {
			return
		} else if _, object := v.(map[string]any); !object && s.next == nil {
			s.next = v
		}
	case "cursor":
		if _, text := v.(string); (text && v != "" || isNumber) && s.cursor == nil {
			s.cursor = v
		}
	case "total":
		if isNumber && (!s.hasTotal || s.counted) {
			s.total, s.hasTotal, s.counted = n, true, !strings.Contains(fold(name), "total")
		}
	case "pages":
		if isNumber && !s.hasPages {
			s.pages, s.hasPages = n, true
		}
	}
	if !isNumber {
		return
	}
	switch kindIn(paging.Asked, name) {
	case "page":
		if !s.hasPage {
			s.page, s.hasPage = n, true
		}
	case "offset":
		if !s.hasOffset {
			s.offset, s.hasOffset = n, true
		}
	case "size":
		if s.size == 0 && !slices.Contains(paging.Answered["total"], fold(name)) && !slices.Contains(paging.Answered["pages"], fold(name)) {
			s.size = n
		}
	}
}
