package understand

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// A codebook is what a description says of the values of an input, in whatever style: "M 中杯，L 大杯", "1=全糖 2=半糖",
// "less（少糖）", "少糖(less)", "0: none, 1: light", a line or a table row for each.

// Bounds of reading a codebook.
const (
	maxCodes      = 60
	maxLabel      = 24 // characters of one way to say a value
	maxDescribed  = 2000
	labelsOfValue = 8
	labelsOfTitle = 40 // a title that is a value's own
)

// behindCode and beforeCode stand between a value and the words that explain it.
const (
	behindCode = " =:-–—→>'\"”’`」』*"
	beforeCode = " =:→('\"“‘`「『*"
)

var (
	behindWords = regexp.MustCompile(`^(?:表示|代表|指的是|指|即|为|是|stands for|means|mean|for|is)\s*[:：]?`)
	beforeWords = regexp.MustCompile(`(?:对应|传|填|用|取|为|选|use|pass|with|is|as)\s*$`)
	// otherwise marks a part of a description that tells the default, not what a value means.
	otherwise = regexp.MustCompile(`默认|缺省|未说|没说|不说|没指定|未指定|不指定|不传|不填|未填|没有说|必填|选填|可选|多选|单选|枚举|取值|\bdefaults?\b|\botherwise\b|\bif not\b|\bunless\b|\boptional\b|\brequired\b|\bone of\b`)
	andTail   = regexp.MustCompile(`(?:\s(?:and|or|&)|以及|和|或)$`)
	tableRow  = regexp.MustCompile(`(?m)^[ \t]*\|(.*)\|[ \t]*$`)
)

// hit is a value where it stands in a description.
type hit struct {
	at, end int
	value   int
}

// codebook finds for each value what a description says of it.
func codebook(desc string, values []string) [][]string {
	out := make([][]string, len(values))
	if desc == "" || len(values) > maxCodes {
		return out
	}
	text := flatDescription(desc)
	hits := findCodes(text, values)
	var behind, before int
	ahead, back := make([]string, len(hits)), make([]string, len(hits))
	for k, h := range hits {
		limit, from := len(text), 0
		if k+1 < len(hits) {
			limit = hits[k+1].at
		}
		if k > 0 {
			from = hits[k-1].end
		}
		ahead[k], back[k] = labelBehind(text[h.end:limit]), labelBefore(text[from:h.at])
		behind += min(len(ahead[k]), 1)
		before += min(len(back[k]), 1)
	}
	found := ahead
	if before > behind {
		found = back
	}
	for k, h := range hits {
		if found[k] != "" && len(out[h.value]) == 0 {
			out[h.value] = labelParts(found[k])
		}
	}
	return out
}

// flatDescription folds a description, its lines kept apart by semicolons and its table cells by spaces.
func flatDescription(desc string) string {
	desc = clipRunes(desc, maxDescribed)
	desc = tableRow.ReplaceAllStringFunc(desc, func(row string) string { return strings.ReplaceAll(row, "|", " ") })
	return lexicon.Fold(strings.NewReplacer("\r", "", "\n", " ; ", "\\n", " ; ", "<br>", " ; ", "<br/>", " ; ").Replace(desc))
}

// findCodes lists where the values stand, each as a word of its own, in order.
func findCodes(text string, values []string) []hit {
	var out []hit
	for i := 0; i < len(text); {
		best := hit{value: -1}
		for v, code := range values {
			code = lexicon.Fold(code)
			if code != "" && strings.HasPrefix(text[i:], code) && wholeCode(text, i, i+len(code)) && i+len(code) > best.end {
				best = hit{at: i, end: i + len(code), value: v}
			}
		}
		if best.value >= 0 && len(out) < 4*maxCodes {
			out = append(out, best)
			i = best.end
			continue
		}
		_, n := utf8.DecodeRuneInString(text[i:])
		i += n
	}
	return out
}

// wholeCode tells that text[i:j] is no part of a longer word or number.
func wholeCode(text string, i, j int) bool {
	latin := func(r rune) bool {
		return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
	}
	first, _ := utf8.DecodeRuneInString(text[i:])
	last, _ := utf8.DecodeLastRuneInString(text[:j])
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[j:])
	if i > 0 && latin(first) && (latin(before) || before == '.' && unicode.IsDigit(first)) {
		return false
	}
	return j >= len(text) || !latin(last) || !latin(after)
}

// labelBehind is what follows a value right away, up to what ends it.
func labelBehind(s string) string {
	s = strings.TrimLeft(s, behindCode)
	s = strings.TrimLeft(behindWords.ReplaceAllString(s, ""), behindCode)
	depth, end := 0, len(s)
	first := true
scan:
	for i, r := range s {
		switch {
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			if depth--; depth < 0 {
				end = i
				break scan
			}
		case depth == 0 && strings.ContainsRune(";。!?\n", r), depth == 0 && r == '.' && (i+1 == len(s) || s[i+1] == ' '):
			end = i
			break scan
		case depth == 0 && first && strings.ContainsRune(",,、/|", r):
			return ""
		}
		first = false
	}
	s = strings.TrimRight(s[:end], " ,、/|-=:→'\"“‘`")
	return strings.TrimRight(andTail.ReplaceAllString(s, ""), " ,、/|-=:→")
}

// labelBefore is what stands right before a value.
func labelBefore(s string) string {
	s = strings.TrimRight(s, beforeCode)
	s = strings.TrimRight(beforeWords.ReplaceAllString(s, ""), beforeCode)
	if i := strings.LastIndexAny(s, ",;、/|。:)"); i >= 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		s = s[i+n:]
	}
	return strings.TrimSpace(s)
}

var (
	labelCut = regexp.MustCompile(`[/,、;|()\[\]"“”「」『』]|\bor\b|或者|或`)
	twoSides = regexp.MustCompile(`(\p{Han}) +([a-z])|([a-z)]) +(\p{Han})`)
)

// labelParts are the ways to say a value that its explanation lists, in both languages.
func labelParts(s string) []string { return labelsIn(s, labelsOfValue) }

// labelsIn are the first ways to say a value that its explanation lists.
func labelsIn(s string, most int) []string {
	var out []string
	for _, part := range labelCut.Split(lexicon.Fold(s), -1) {
		for _, one := range strings.Split(twoSides.ReplaceAllString(part, "$1$3;$2$4"), ";") {
			one = strings.Trim(one, " '*`-=:→.")
			if one == "" || lexicon.Runes(one) > maxLabel || otherwise.MatchString(one) || len(out) >= most {
				continue
			}
			out = append(out, one)
		}
	}
	return out
}

var (
	example   = regexp.MustCompile(`(?i)例如|比如|如[「『“"'\s:：]?[A-Za-z0-9]|举例|\be\.?g\b|for example|such as|YYYY|HH:|ISO ?\d|格式`)
	plainCode = regexp.MustCompile(`(?:^|[\s,，;；、/|(（:：。])['"“‘「` + "`" + `]?(\d{1,3}|[A-Z][A-Z0-9_]{0,11})['"”’」` + "`" + `]?\s?(?:\p{Han}|\d{1,6}\s?(?:\p{Han}|[A-Z]{1,2}\p{Han})|[a-z]{2})`)
	setCode   = regexp.MustCompile(`(?:^|[\s,，;；、/|(（:：。])['"“‘「` + "`" + `]?(-?\d{1,3}|[A-Za-z][A-Za-z0-9_]{0,19})['"”’」` + "`" + `]?\s?(?:=|:|：|表示|→|->|—|–|-)\s?['"“‘「]?(?:\p{Han}|[A-Za-z]|\d+[%\p{Han}a-zA-Z])`)
	codeWords = regexp.MustCompile(`(?i)编码|代码|编号|类型|类别|取值|可选|枚举|级别|等级|级|方式|选项|品牌|套餐|规格|度|量|料|型|code|type|level|option|kind|value|enum|mode`)
	closedSet = regexp.MustCompile(`(?i)(?:取值范围|取值|可选值|可选项|枚举值?|只能是|只能为|必须是|one of|either|allowed values?|possible values?|valid values?|values?|options?)\s*(?:为|是|are|:|：)?\s*([^。.;；\n]{3,120})`)
	alternate = regexp.MustCompile(`([A-Za-z][A-Za-z0-9_-]{0,19}(?:\s?\|\s?[A-Za-z][A-Za-z0-9_-]{0,19})+)`)
	bareCode  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,19}$`)
	listCut   = regexp.MustCompile(`\s*(?:[,，、/|]|\bor\b|或者|或)\s*`)
)

// codesIn lists the values that a description gives an input whose schema has no enum; nil where it lists none. Only
// what is plainly a list of values counts: each explained, or named as all there are.
func codesIn(desc, pattern string, whole bool, least, most *float64) []string {
	if m := regexp.MustCompile(`^\^?\(?(?:\?:)?([A-Za-z0-9_]+(?:\|[A-Za-z0-9_]+)+)\)?\$?$`).FindStringSubmatch(pattern); m != nil {
		return strings.Split(m[1], "|")
	}
	if desc == "" || example.MatchString(desc) {
		return nil
	}
	desc = clipRunes(desc, maxDescribed)
	for _, re := range []*regexp.Regexp{setCode, plainCode} {
		if re == plainCode && !codeWords.MatchString(desc) {
			continue
		}
		if codes := explainedCodes(desc, re, whole); len(codes) > 1 && (!whole || within(codes, least, most) && (re == setCode || counted(codes))) {
			return codes
		}
	}
	if whole {
		return nil
	}
	return namedCodes(desc)
}

// explainedCodes are the candidates of a pattern that the description explains.
func explainedCodes(desc string, re *regexp.Regexp, whole bool) []string {
	var codes []string
	for at := 0; at < len(desc); {
		m := re.FindStringSubmatchIndex(desc[at:])
		if m == nil {
			break
		}
		code := desc[at+m[2] : at+m[3]]
		digits := strings.Trim(code, "-0123456789") == ""
		if digits == whole && !slices.Contains(codes, code) && len(codes) < maxCodes && !strings.EqualFold(code, "default") {
			codes = append(codes, code)
		}
		at += m[3]
	}
	if len(codes) < 2 {
		return nil
	}
	for _, labels := range codebook(desc, codes) {
		if len(labels) == 0 {
			return nil
		}
	}
	return codes
}

// namedCodes are values that a description only lists: "small|medium|large", "one of: small, medium".
func namedCodes(desc string) []string {
	if m := alternate.FindStringSubmatch(desc); m != nil {
		return listCut.Split(strings.TrimSpace(m[1]), -1)
	}
	m := closedSet.FindStringSubmatch(desc)
	if m == nil {
		return nil
	}
	var out []string
	for _, part := range listCut.Split(strings.TrimSpace(m[1]), -1) {
		part = strings.Trim(part, " '\"“”‘’`()（）")
		if !bareCode.MatchString(part) {
			return nil
		}
		out = append(out, part)
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// counted tells that codes run 0, 1, 2 … or 1, 2, 3 ….
func counted(codes []string) bool {
	for i, c := range codes {
		v, ok := wholeNumber(c)
		first, _ := wholeNumber(codes[0])
		if !ok || first > 1 || v != first+i {
			return false
		}
	}
	return true
}

func within(codes []string, least, most *float64) bool {
	for _, c := range codes {
		v, ok := wholeNumber(c)
		if !ok || least != nil && float64(v) < *least || most != nil && float64(v) > *most {
			return false
		}
	}
	return true
}
