package understand

import (
	"regexp"
	"strings"
)

var (
	leadShare = regexp.MustCompile(`^(?:都|全都|全部|统一|一律)(?:要|是|来)?(.{1,16}?)[:：,，]\s*`)
	tailShare = regexp.MustCompile(`(?:都|全都|全部|统一|一律)(?:要|是|来|改成)?(.{1,16})$`)
)

// shareLead takes options off the front of a text that are said of everything that follows (都要热的：两杯这个，一杯那个).
func (r *reader) shareLead(text string) string {
	p := leadShare.FindStringSubmatch(text)
	if p == nil || len(r.items) > 0 || !r.b.bareOptions(p[1]) {
		return text
	}
	r.lead = p[1]
	return text[len(p[0]):]
}

// shareAll adds to every thing what was said of all of them.
func (r *reader) shareAll() {
	if r.lead == "" {
		return
	}
	for i := range r.items {
		r.items[i].text = strings.TrimSpace(r.items[i].text + " " + r.lead)
	}
}

// shareTail spreads options at the end of several things that are said of all of them (一杯这个一杯那个都要大的).
func shareTail(b *builder, parts []item) []item {
	last := len(parts) - 1
	if last < 1 {
		return parts
	}
	m := tailShare.FindStringSubmatchIndex(parts[last].text)
	if m == nil || !b.bareOptions(parts[last].text[m[2]:m[3]]) || strings.TrimSpace(parts[last].text[:m[0]]) == "" {
		return parts
	}
	options := parts[last].text[m[2]:m[3]]
	parts[last].text = strings.TrimSpace(parts[last].text[:m[0]])
	for i := range parts {
		parts[i].text += " " + options
	}
	return parts
}
