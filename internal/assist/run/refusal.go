package run

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/bangwo/bangwo/internal/track"
)

// RefusalKind classes why a merchant did not do what it was asked for.
type RefusalKind string

// The kinds of refusal.
const (
	Other     RefusalKind = ""           // nothing that another value would mend
	Stale     RefusalKind = "stale"      // the price or the quote is no longer the one it was
	SoldOut   RefusalKind = "sold_out"   // the thing cannot be had now
	Absent    RefusalKind = "absent"     // the merchant knows no such thing
	BadValue  RefusalKind = "bad_value"  // a value that is not among those it takes
	TooLittle RefusalKind = "too_little" // below what the merchant delivers or sells at the least
)

// Bounds of reading a refusal.
const (
	maxRefusal = 600 // runes of a refusal that are looked at
	maxListed  = 20  // values that a refusal may list
)

// Refusal is what a merchant's answer says of why it refused: its kind, its words in lower case for finding what they
// speak of, and the values that it lists as possible. All of it is data to match, never an instruction.
type Refusal struct {
	Kind   RefusalKind
	Words  string
	Listed []string
	Least  Least // of TooLittle
}

//go:embed refusals.json
var refusalsJSON []byte

type refusalWords struct {
	Kinds []struct {
		Kind  RefusalKind `json:"kind"`
		Words []string    `json:"words"`
	} `json:"kinds"`
	Codes []string `json:"codes"`
	Yes   []string `json:"yes"`
	Fine  []string `json:"fine"`
}

var refusals = func() (w refusalWords) {
	if err := json.Unmarshal(refusalsJSON, &w); err != nil {
		panic("refusals.json: " + err.Error()) // embedded: a build mistake
	}
	return w
}()

// Refused tells whether an answer is a refusal: one that says it is an error, or whose structure says that it did not
// succeed. A merchant that wraps its failures into an ordinary answer is not taken at its word that all went well.
func Refused(r track.Result) bool {
	if r.IsError {
		return true
	}
	var m map[string]any
	if json.Unmarshal(r.Structured, &m) != nil {
		return false
	}
	for name, v := range m {
		key := fold(name)
		switch x := v.(type) {
		case bool:
			if slices.Contains(refusals.Yes, key) && !x {
				return true
			}
		case string, float64:
			if (key == "errcode" || key == "errorcode" || key == "errno") && !slices.Contains(refusals.Fine, strings.ToLower(fmt.Sprint(x))) {
				return true
			}
		}
	}
	return false
}

// ReadRefusal reads a refusal. Its structure decides before its words do.
func ReadRefusal(r track.Result) Refusal {
	var out Refusal
	var codes, texts []string
	var v any
	if json.Unmarshal(r.Structured, &v) == nil {
		walk(v, 0, new(int), func(name string, x any) {
			if slices.Contains(refusals.Codes, fold(name)) {
				codes = append(codes, fmt.Sprint(x))
			}
		})
		out.Listed = listed(v)
	}
	texts = append(texts, r.Text...)
	raw := strings.Join(append(slices.Clone(codes), texts...), " ")
	out.Words = plainWords(strings.Join(append(codes, texts...), " "))
	for _, said := range []string{plainWords(strings.Join(codes, " ")), out.Words} {
		if out.Kind = kindOf(said); out.Kind != Other {
			break
		}
	}
	if out.Kind == TooLittle {
		out.Least = leastOf(raw, v)
	}
	return out
}

// notMatched is a search that met nothing, however its object stands between: 未在商品库中匹配到.
var notMatched = regexp.MustCompile(`(?:未|没有?)[^,.，。]{0,12}?(?:匹配|搜索?|查询?|检索)到`)

func kindOf(said string) RefusalKind {
	if notMatched.MatchString(said) {
		return Absent
	}
	for _, k := range refusals.Kinds {
		if slices.ContainsFunc(k.Words, func(w string) bool { return hasWord(said, w) }) {
			return k.Kind
		}
	}
	return Other
}

// plainWords folds case, and reads SOLD_OUT, sold-out and soldOut as "sold out".
func plainWords(s string) string {
	var b strings.Builder
	b.WriteByte(' ')
	low := false
	for i, r := range s {
		if i >= maxRefusal*4 {
			break
		}
		switch {
		case unicode.IsUpper(r) && low:
			b.WriteByte(' ')
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'':
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
		low = unicode.IsLower(r)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// hasWord finds whole English words, and Chinese anywhere.
func hasWord(s, w string) bool {
	if strings.IndexFunc(w, func(r rune) bool { return r >= 0x80 }) >= 0 {
		return strings.Contains(s, w)
	}
	return strings.Contains(" "+s+" ", " "+w+" ")
}

// Mentions tells whether the refusal speaks of a value or a name.
func (r Refusal) Mentions(name string) bool {
	name = plainWords(name)
	return name != "" && hasWord(r.Words, name)
}

// listed collects short texts of lists in a refusal: what it says can be had instead.
func listed(v any) []string {
	var out []string
	add := func(s string) {
		if s != "" && len(out) < maxListed && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	eachObject(v, 0, new(int), func(m map[string]any) {
		for _, name := range sorted(m) {
			list, _ := m[name].([]any)
			for _, e := range list[:min(len(list), maxListed)] {
				switch x := e.(type) {
				case string:
					add(x)
				case map[string]any:
					for _, k := range sorted(x) {
						if s, ok := x[k].(string); ok {
							add(s)
						}
					}
				}
			}
		}
	})
	return out
}
