package miniapp

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"

	"github.com/tailscale/hujson"

	"github.com/bangwo/bangwo/internal/fault"
)

// Doc is a JSON document as people write it (byte-order mark, comments, trailing commas) that still knows on
// which line each value stands.
type Doc struct {
	File   string
	Source []byte // as written, without byte-order mark
	JSON   []byte // standard JSON of the same length
	Strict bool   // Source is standard JSON already
	root   hujson.Value
}

var bom = []byte("\xef\xbb\xbf")

// ParseDoc reads lenient JSON. Errors name file and line.
func ParseDoc(file string, src []byte) (*Doc, error) {
	if len(src) > MaxJSONBytes {
		return nil, fault.New(fault.Limit, "%s is larger than %d bytes", file, MaxJSONBytes).WithHint("shorten it")
	}
	body := bytes.TrimPrefix(src, bom)
	if line := tooDeep(body); line > 0 {
		return nil, fault.New(fault.Limit, "%s:%d: more than %d nested values", file, line, MaxJSONDepth).WithHint("flatten it")
	}
	root, err := hujson.Parse(bytes.Clone(body))
	if err != nil {
		line := lineOf(err)
		return nil, fault.New(fault.Invalid, "%s:%d: not JSON: %w", file, line, err).With("line", strconv.Itoa(line)).
			WithHint("mend the syntax at that line")
	}
	plain, err := hujson.Standardize(bytes.Clone(body))
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s: not JSON: %w", file, err).WithHint("mend the syntax")
	}
	return &Doc{File: file, Source: body, JSON: plain, Strict: len(body) == len(src) && root.IsStandard(), root: root}, nil
}

var atLine = regexp.MustCompile(`line (\d+), column`)

func lineOf(err error) int {
	if m := atLine.FindStringSubmatch(err.Error()); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 1
}

// tooDeep finds the line at which values nest beyond MaxJSONDepth. It may count brackets within comments:
// that only makes it stricter.
func tooDeep(b []byte) int {
	depth, line, quoted := 0, 1, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\n':
			line, quoted = line+1, false // strings cannot span lines
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > MaxJSONDepth {
				return line
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return 0
}

// Line is where the value at a JSON pointer stands; the nearest parent that exists, else 1.
func (d *Doc) Line(pointer string) int {
	if d == nil {
		return 0
	}
	for p := pointer; p != ""; p = p[:bytes.LastIndexByte([]byte(p), '/')] {
		if v := d.root.Find(p); v != nil {
			return 1 + bytes.Count(d.Source[:min(v.StartOffset, len(d.Source))], []byte("\n"))
		}
	}
	return 1
}

// Decode reads the document into v. A member of the wrong type is left out, not fatal: the returned error
// says which, and v holds the rest.
func (d *Doc) Decode(v any) error {
	err := json.Unmarshal(d.JSON, v)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		line := 1 + bytes.Count(d.JSON[:min(int(wrong.Offset), len(d.JSON))], []byte("\n"))
		return fault.New(fault.Invalid, "%s:%d: %s is a %s, not a %s", d.File, line, wrong.Field, wrong.Value, wrong.Type.Kind()).
			With("line", strconv.Itoa(line)).WithHint("give it the documented type")
	}
	return err
}
