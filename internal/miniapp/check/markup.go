package check

import (
	"regexp"
	"strings"
)

// maxTags bounds the tags read of one template.
const maxTags = 20_000

// tag is an opening tag of a template.
type tag struct {
	name  string
	attrs []attr
	line  int
}

type attr struct {
	name, value string
	line        int
}

func (t tag) attr(name string) (attr, bool) {
	for _, a := range t.attrs {
		if a.name == name {
			return a, true
		}
	}
	return attr{}, false
}

// markup is a template (.wxml, .axml) as far as rules need it: its tags and the expressions in it.
type markup struct {
	tags  []tag
	exprs []mention // insides of {{ }}
}

var mustache = regexp.MustCompile(`(?s)\{\{(.*?)\}\}`)

// parseMarkup is tolerant: it never fails, and reads on after what it does not understand.
func parseMarkup(src string) markup {
	p := &markupParser{src: src, line: 1}
	for p.pos < len(p.src) && len(p.out.tags) < maxTags {
		next := strings.IndexByte(p.src[p.pos:], '<')
		if next < 0 {
			break
		}
		p.text(p.src[p.pos : p.pos+next])
		p.skip(next)
		p.tag()
	}
	if p.pos < len(p.src) {
		p.text(p.src[p.pos:])
	}
	return p.out
}

type markupParser struct {
	src       string
	pos, line int
	out       markup
}

func (p *markupParser) skip(n int) {
	end := min(p.pos+n, len(p.src))
	p.line += strings.Count(p.src[p.pos:end], "\n")
	p.pos = end
}

// skipPast moves behind the next occurrence of mark, or to the end.
func (p *markupParser) skipPast(mark string) {
	n := strings.Index(p.src[p.pos:], mark)
	if n < 0 {
		n = len(p.src)
	}
	p.skip(n + len(mark))
}

func (p *markupParser) text(s string) { p.expressions(s, p.line) }

func (p *markupParser) expressions(s string, line int) {
	for _, m := range mustache.FindAllStringSubmatchIndex(s, -1) {
		p.out.exprs = append(p.out.exprs, mention{s[m[2]:m[3]], line + strings.Count(s[:m[0]], "\n")})
	}
}

func isNameByte(c byte) bool {
	return c == '-' || c == '_' || c == ':' || c == '.' || c == '@' || c == '#' || (c|0x20 >= 'a' && c|0x20 <= 'z') || (c >= '0' && c <= '9')
}

func (p *markupParser) name() string {
	start := p.pos
	for p.pos < len(p.src) && isNameByte(p.src[p.pos]) {
		p.pos++
	}
	return p.src[start:p.pos]
}

func (p *markupParser) space() {
	n := 0
	for p.pos+n < len(p.src) && strings.IndexByte(" \t\r\n", p.src[p.pos+n]) >= 0 {
		n++
	}
	p.skip(n)
}

func (p *markupParser) tag() {
	rest := p.src[p.pos:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		p.skipPast("-->")
		return
	case strings.HasPrefix(rest, "</"), strings.HasPrefix(rest, "<!"), strings.HasPrefix(rest, "<?"):
		p.skipPast(">")
		return
	}
	p.pos++
	t := tag{line: p.line, name: p.name()}
	if t.name == "" { // a bare "<" in text
		return
	}
	for p.pos < len(p.src) {
		p.space()
		if p.pos >= len(p.src) {
			break
		}
		if c := p.src[p.pos]; c == '>' || c == '<' {
			if c == '>' {
				p.pos++
			}
			break
		}
		if a, ok := p.attribute(); ok {
			t.attrs = append(t.attrs, a)
			p.expressions(a.value, a.line)
		}
	}
	p.out.tags = append(p.out.tags, t)
	if t.name == "wxs" || t.name == "sjs" || t.name == "import-sjs" { // its text is code
		if end := strings.Index(p.src[p.pos:], "</"+t.name); end >= 0 {
			p.skip(end)
		}
	}
}

func (p *markupParser) attribute() (attr, bool) {
	a := attr{line: p.line, name: p.name()}
	if a.name == "" { // "/" or what is not a name
		p.skip(1)
		return a, false
	}
	p.space()
	if p.pos >= len(p.src) || p.src[p.pos] != '=' {
		return a, true
	}
	p.pos++
	p.space()
	if p.pos >= len(p.src) {
		return a, true
	}
	a.line = p.line
	if q := p.src[p.pos]; q == '"' || q == '\'' {
		p.pos++
		end := strings.IndexByte(p.src[p.pos:], q)
		if end < 0 {
			end = len(p.src) - p.pos
		}
		a.value = p.src[p.pos : p.pos+end]
		p.skip(end + 1)
		return a, true
	}
	end := strings.IndexAny(p.src[p.pos:], " \t\r\n>")
	if end < 0 {
		end = len(p.src) - p.pos
	}
	a.value = p.src[p.pos : p.pos+end]
	p.skip(end)
	return a, true
}

var (
	stringInExpr = regexp.MustCompile(`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"`)
	nameInExpr   = regexp.MustCompile(`[A-Za-z_$][\w$]*`)
)

var exprWords = map[string]bool{"true": true, "false": true, "null": true, "undefined": true, "typeof": true, "in": true, "instanceof": true, "NaN": true, "Infinity": true}

// names lists the data names that an expression of a template reads, in order.
func names(expr string) []string {
	expr = stringInExpr.ReplaceAllStringFunc(expr, func(s string) string { return strings.Repeat("'", len(s)) })
	var list []string
	for _, m := range nameInExpr.FindAllStringIndex(expr, -1) {
		name, before, after := expr[m[0]:m[1]], strings.TrimRight(expr[:m[0]], " \t\r\n"), strings.TrimLeft(expr[m[1]:], " \t\r\n")
		if exprWords[name] || (m[0] > 0 && expr[m[0]-1] >= '0' && expr[m[0]-1] <= '9') {
			continue
		}
		if strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "...") {
			continue // a member of something
		}
		if strings.HasPrefix(after, ":") && (before == "" || strings.HasSuffix(before, ",") || strings.HasSuffix(before, "{")) {
			continue // a key of an object
		}
		list = append(list, name)
	}
	return list
}
