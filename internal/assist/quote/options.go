package quote

import (
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
)

// optionsOf reads what was chosen for one line: an options text, a list, an object, or short values of its own.
func optionsOf(e *node) []string {
	var out []string
	for _, k := range e.kids {
		if plays("options", k) && rank("name", k) > 1 {
			out = append(out, optionTexts(k, 0)...)
		}
	}
	if len(out) == 0 {
		for _, k := range e.kids {
			if isChoice(k) {
				out = append(out, labelOfValue(k))
			}
		}
	}
	return unique(out)
}

func optionTexts(n *node, depth int) []string {
	switch n.kind {
	case text:
		return splitOptions(labelOfValue(n))
	case number:
		return nil
	case array, object:
		if depth > 2 {
			return nil
		}
		if n.kind == object {
			if s := optionObject(n); s != "" {
				return []string{s}
			}
		}
		var out []string
		for _, k := range n.kids {
			if !plays("plumbing", k) || n.kind == array {
				out = append(out, optionTexts(k, depth+1)...)
			}
		}
		return out
	default:
		return nil
	}
}

// optionObject reads {name: 糖度, value: 少糖}, {label: 少糖} and the like.
func optionObject(n *node) string {
	for _, name := range []string{"value label", "label", "value name", "option name", "value text", "text", "value", "name", "title"} {
		for _, k := range n.kids {
			if k.kind == text && strings.TrimSpace(k.words) == name && k.text != "" {
				return clean(k.text, maxTitle)
			}
		}
	}
	return ""
}

func splitOptions(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/、，,;；|·+", r) })
}

// isChoice tells a short word that was chosen (sugar: less) from names, ids, amounts and links.
func isChoice(n *node) bool {
	if n.kind != text || n.text == "" || len([]rune(n.text)) > 24 || strings.Contains(n.text, "://") {
		return false
	}
	for _, role := range []string{"name", "plumbing", "status", "currency", "orderID", "time", "date", "expiry", "unitPrice", "lineTotal", "quantity"} {
		if plays(role, n) {
			return false
		}
	}
	if saysAny(n.words, words.Roles["name"].Deny) || saysAny(n.head, []string{"分类"}) {
		return false
	}
	if n.schema != nil && len(n.schema.Enum) > 0 {
		return true
	}
	return !strings.ContainsAny(n.text, "0123456789") || hasHan(n.text)
}

// labelOfValue is what an enum's value is called: by its title, or by what the description puts in brackets behind it.
func labelOfValue(n *node) string { return enumLabel(n.schema, n.text) }

func enumLabel(s *catalog.Schema, value string) string {
	if s == nil || value == "" {
		return value
	}
	if len(s.Enum) == 0 && s.Items != nil {
		s = s.Items
	}
	for i, e := range s.Enum {
		if e == value && i < len(s.EnumNames) && s.EnumNames[i] != "" {
			return clean(s.EnumNames[i], maxTitle)
		}
	}
	if len(s.Enum) == 0 || len(value) > maxTitle {
		return value
	}
	behind := regexp.MustCompile(`(?:^|[^\pL\d_])` + regexp.QuoteMeta(value) + `['"’”」》]*\s*(?:[（(]([^）)]{1,20})[）)]|[=:：]\s*['"]?([\pL]{1,12}))`)
	if m := behind.FindStringSubmatch(s.Description); m != nil {
		label := m[1] + m[2]
		if i := strings.IndexAny(label, "，,；;/"); i > 0 {
			label = label[:i]
		}
		return clean(label, maxTitle)
	}
	return value
}

func unique(in []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range in {
		s = clean(s, maxTitle)
		if s != "" && !seen[s] && len(out) < maxOptions {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// Label is what a value of a schema is called for people: by its title, or by what the description puts behind it.
func Label(s *catalog.Schema, value any) string {
	text, ok := value.(string)
	if !ok {
		text = string(encode(value))
	}
	return enumLabel(s, text)
}

// Head is the first clause of a schema's description: what the value is.
func Head(s *catalog.Schema) string {
	if s == nil {
		return ""
	}
	return firstClause(s.Description)
}
