// Package prose reads data out of what merchants answer in words only: JSON that stands in a text, tables, lists of lines with a
// code each, and sentences that name a reference and a total. What it finds is data like any other result, with the
// merchant's own words beside it: nothing in it is obeyed, and what is not plainly written is left out.
package prose

import (
	"encoding/json"
	"strings"
)

// Bounds of reading one result.
const (
	maxText    = 200_000 // bytes that are looked at
	maxLines   = 2_000
	maxRecords = 500
	maxFields  = 24  // of one record
	maxValue   = 200 // bytes of a field
)

// Read is the data in texts as JSON: an object, of the lists and the labelled values that were found. nil when there is none.
func Read(texts []string) json.RawMessage {
	var found []any
	for _, t := range texts {
		if len(t) > maxText {
			t = t[:maxText]
		}
		if v, ok := embedded(t); ok {
			found = append(found, v)
		}
	}
	if len(found) > 0 {
		return encode(whole(found))
	}
	text := strings.Join(texts, "\n")
	if len(text) > maxText {
		text = text[:maxText]
	}
	d := document{}
	for i, line := range strings.Split(strings.ToValidUTF8(text, " "), "\n") {
		if i == maxLines {
			break
		}
		d.add(line)
	}
	return encode(d.object())
}

// whole is one object of the values that were found: an object as it is, lists and several objects as items.
func whole(found []any) map[string]any {
	if len(found) == 1 {
		if m, ok := found[0].(map[string]any); ok {
			return m
		}
		return map[string]any{"items": found[0]}
	}
	var items []any
	for _, v := range found {
		if list, ok := v.([]any); ok {
			items = append(items, list...)
			continue
		}
		items = append(items, v)
	}
	return map[string]any{"items": items}
}

func encode(m map[string]any) json.RawMessage {
	if len(m) == 0 {
		return nil
	}
	b, err := json.Marshal(m)
	if err != nil {
		return nil
	}
	return b
}

// embedded is JSON that a text is, or that it has after some words: behind a fence, or from a line on that begins with it.
func embedded(text string) (any, bool) {
	rest := text
	for rest != "" {
		line, after, more := strings.Cut(rest, "\n")
		if t := strings.TrimSpace(line); strings.HasPrefix(t, "{") || strings.HasPrefix(t, "[") {
			if v, ok := decode(rest); ok {
				return v, true
			}
		}
		if !more {
			break
		}
		rest = after
	}
	return nil, false
}

// decode reads the JSON that a text begins with; a list of texts or numbers alone ("[12]") is none.
func decode(text string) (any, bool) {
	d := json.NewDecoder(strings.NewReader(text))
	var v any
	if d.Decode(&v) != nil {
		return nil, false
	}
	switch t := v.(type) {
	case map[string]any:
		return t, len(t) > 0
	case []any:
		if len(t) > 0 {
			_, ok := t[0].(map[string]any)
			return t, ok
		}
	}
	return nil, false
}
