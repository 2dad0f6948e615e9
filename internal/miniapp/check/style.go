package check

import "strings"

// maxStyle bounds the rules and declarations read of one style sheet.
const maxStyle = 50_000

// sheet is a style sheet as far as rules need it.
type sheet struct {
	selectors []mention // one per comma part
	decls     []decl
	at        []mention // names and texts of at-rules
}

type decl struct {
	property, value string
	line            int
}

// parseStyle is tolerant: it never fails.
func parseStyle(src string) sheet {
	src = blankComments(src)
	var out sheet
	line, start, startLine := 1, 0, 1
	quote := byte(0)
	parens := 0
	for i := 0; i < len(src) && len(out.decls)+len(out.selectors) < maxStyle; i++ {
		c := src[i]
		switch {
		case c == '\n':
			line++
			quote = 0
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(':
			parens++
		case c == ')':
			parens = max(parens-1, 0)
		case parens > 0 && c != '{' && c != '}':
		case c == '{':
			out.prelude(src[start:i], startLine)
			start, startLine, parens = i+1, line, 0
		case c == ';' || c == '}':
			out.declaration(src[start:i], startLine)
			start, startLine, parens = i+1, line, 0
		}
	}
	if start < len(src) {
		out.declaration(src[start:], startLine)
	}
	return out
}

// blankComments keeps line breaks, so that lines stay true.
func blankComments(src string) string {
	var b strings.Builder
	for {
		i := strings.Index(src, "/*")
		if i < 0 {
			b.WriteString(src)
			return b.String()
		}
		b.WriteString(src[:i])
		end := strings.Index(src[i+2:], "*/")
		if end < 0 {
			return b.String()
		}
		b.WriteString(strings.Repeat("\n", strings.Count(src[i:i+2+end], "\n")))
		src = src[i+2+end+2:]
	}
}

// trimLine trims text and tells the line of its first character.
func trimLine(s string, line int) (string, int) {
	t := strings.TrimLeft(s, " \t\r\n")
	return strings.TrimRight(t, " \t\r\n"), line + strings.Count(s[:len(s)-len(t)], "\n")
}

func (s *sheet) prelude(raw string, line int) {
	text, line := trimLine(raw, line)
	if strings.HasPrefix(text, "@") {
		s.at = append(s.at, mention{text, line})
		return
	}
	offset := 0
	for _, part := range strings.Split(text, ",") {
		sel, at := trimLine(part, line+strings.Count(text[:offset], "\n"))
		s.selectors = append(s.selectors, mention{sel, at})
		offset += len(part) + 1
	}
}

func (s *sheet) declaration(raw string, line int) {
	text, line := trimLine(raw, line)
	if strings.HasPrefix(text, "@") {
		s.at = append(s.at, mention{text, line})
		return
	}
	property, value, ok := strings.Cut(text, ":")
	if ok {
		s.decls = append(s.decls, decl{property: strings.ToLower(strings.TrimSpace(property)), value: strings.ToLower(strings.TrimSpace(value)), line: line})
	}
}
