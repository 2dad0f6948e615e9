package prose

import (
	"regexp"
	"strings"
)

// document gathers the records and the values of a text, line by line.
type document struct {
	records []map[string]any
	values  map[string]any
	header  []string // of a table
	open    bool     // the next line may go on with the last record
	pending string   // a line that is a record only when the next is one too
}

var (
	bullet   = regexp.MustCompile(`^\s*(?:[-*•·▪◦–]\s+|\(?\d{1,3}[.)、:：]\s*|[①-⑳]\s*|#{1,4}\s+)`)
	coded    = regexp.MustCompile("^\\s*(?:\\[[^\\]]{1,60}\\]|【[^】]{1,60}】|`[^`]{1,60}`)")
	ruled    = regexp.MustCompile(`^\s*\|?[\s:|-]*-{3,}[\s:|-]*$`)
	labelled = regexp.MustCompile(`^\s*(?:[-*•]\s+)?\**([\p{L}][\p{L}\d _()/（）]{0,30}?)\**\s*[:：]\s*\**(.+?)\**\s*$`)
	indented = regexp.MustCompile(`^(?:\s{2,}|\t)\S`)
)

// add reads one more line.
func (d *document) add(line string) {
	line = strings.TrimRight(line, " \r\t")
	switch trimmed := strings.TrimSpace(line); {
	case trimmed == "":
		d.open, d.header = false, nil
		return
	case strings.HasPrefix(trimmed, "|") && strings.Count(trimmed, "|") > 2:
		d.row(trimmed)
		return
	case d.open && indented.MatchString(line) && len(d.records) > 0:
		fields(strings.TrimSpace(bullet.ReplaceAllString(line, "")), d.records[len(d.records)-1], true)
		return
	case len(d.records) < maxRecords && startsRecord(line):
		r := map[string]any{}
		fields(strings.TrimSpace(bullet.ReplaceAllString(line, "")), r, false)
		d.records, d.open = append(d.records, r), true
		return
	case d.open && labelled.MatchString(line) && len(d.records) > 0:
		fields(trimmed, d.records[len(d.records)-1], true)
		return
	}
	d.open = false
	d.sentence(line)
}

// startsRecord tells that a line is one of a list: it has a mark or a code in front, or cells.
func startsRecord(line string) bool {
	if bullet.MatchString(line) {
		return !labelled.MatchString(line) || !strings.HasPrefix(strings.TrimSpace(line), "-") && !strings.HasPrefix(strings.TrimSpace(line), "*")
	}
	return coded.MatchString(line) || strings.Count(line, " | ") > 0 || bareRow.MatchString(line)
}

// bareRow is a name with its price and nothing else: 废纸 1.2元/公斤, "Espresso  ¥18".
var bareRow = regexp.MustCompile(`^\s*[\p{L}][^,，。.;；:：]{0,40}?\s+(?:[¥￥$€£]\s?\d+(?:\.\d+)?|\d+(?:\.\d+)?(?:\s?[-~–]\s?\d+(?:\.\d+)?)?\s?(?:元|yuan|rmb|cny))(?:\s?/\s?\S{1,8})?\s*$`)

// row reads a line of a table: its head first.
func (d *document) row(line string) {
	if ruled.MatchString(line) {
		return
	}
	var cells []string
	for _, c := range strings.Split(strings.Trim(line, "|"), "|") {
		cells = append(cells, clean(c))
	}
	if d.header == nil {
		d.header = cells
		return
	}
	r := map[string]any{}
	for i, c := range cells {
		if i < len(d.header) && c != "" && len(r) < maxFields {
			r[keyOf(d.header[i], c)] = c
		}
	}
	if len(r) > 0 && len(d.records) < maxRecords {
		d.records = append(d.records, r)
	}
}

// sentence reads the values of a line that is none of a list: they are the whole answer's.
func (d *document) sentence(line string) {
	if d.values == nil {
		d.values = map[string]any{}
	}
	r := map[string]any{}
	fields(strings.TrimSpace(line), r, true)
	for k, v := range r {
		if _, taken := d.values[k]; !taken && k != "text" && len(d.values) < maxFields {
			d.values[k] = v
		}
	}
}

// object is all that was found.
func (d *document) object() map[string]any {
	out := map[string]any{}
	for k, v := range d.values {
		out[k] = v
	}
	if len(d.records) > 0 {
		list := make([]any, len(d.records))
		for i, r := range d.records {
			list[i] = r
		}
		out["items"] = list
	}
	return out
}

// clean takes marks of writing off a value.
func clean(s string) string {
	s = strings.Trim(strings.TrimSpace(s), "*_`\"“” ")
	if len(s) > maxValue {
		s = strings.ToValidUTF8(s[:maxValue], "")
	}
	return s
}
