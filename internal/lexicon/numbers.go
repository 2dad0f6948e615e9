package lexicon

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Number is a number found in a folded text, with the measure word that follows it.
type Number struct {
	Value   float64
	High    float64 // the upper end of a number said roughly (两三个, "2-3", 二十多); 0 when it was said exactly
	About   bool    // said roughly: 二十来个, "about 20", and whatever has a High
	Measure string  // 杯, 份, "cups" …; "" when none follows
	Start   int     // byte offsets in the folded text, measure included
	Last    int     // where the number itself ends, before its measure word
	End     int

	parted bool // a fraction, 3/4: never a number of things
}

//go:embed data/measures.tsv
var measureFile string

//go:embed data/numerals.tsv
var numeralFile string

// measures follow a number of things, units follow what is not a number of things; longest first.
var measures, units = sync.OnceValue(func() []string { return formsOf(measureFile, "count") }),
	sync.OnceValue(func() []string { return formsOf(measureFile, "unit") })

// unnumbered are the words in which a numeral is no number, by their first character.
var unnumbered = sync.OnceValue(func() map[rune][]string {
	out := map[rune][]string{}
	for _, w := range formsOf(numeralFile, "") {
		r, _ := utf8.DecodeRuneInString(w)
		out[r] = append(out[r], w)
	}
	return out
})

// formsOf reads the forms of one kind (all kinds when it is "") of a data file, longest first.
func formsOf(file, kind string) []string {
	var out []string
	for line := range strings.Lines(file) {
		k, forms, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && !strings.HasPrefix(k, "#") && (kind == "" || k == kind) {
			out = append(out, strings.Split(forms, "|")...)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// figure is a number as it stands at one place of a folded text.
type figure struct {
	value, high float64
	about       bool
	parted      bool // a fraction
	han         bool // written in Chinese numerals
	end         int  // byte offset behind it
}

// Numbers finds the numbers of a text (folded here) in order. Ordinals (第二, "second") are not numbers of things: see
// Ordinals. Words that only contain a numeral (三明治, 一会儿) are left out.
func Numbers(s string) []Number {
	s = spoken(s)
	var out []Number
	for i := 0; i < len(s); {
		if n := idiomAt(s, i); n > 0 {
			i += n
			continue
		}
		f, ok := figureAt(s, i)
		if !ok {
			i += step(s, i)
			continue
		}
		num := Number{Value: f.value, High: f.high, About: f.about || f.high > 0 || saidRoughly(s, i), Start: i, Last: f.end, End: f.end, parted: f.parted}
		if m, end := measureAt(s, f.end); m != "" {
			num.Measure, num.End = m, end
			if strings.HasSuffix(m, "斤") && halfMore.MatchString(s[end:]) { // 一斤半
				num.Value, num.End = num.Value+0.5, end+len("半")
			}
		}
		if !strings.HasSuffix(strings.TrimRight(s[:i], " "), "第") && !thisOne(s, i, f.end) {
			out = append(out, num)
		}
		i = num.End
	}
	return out
}

// maxSpoken bounds the bytes of a folded text in which numbers and times are looked for; no sentence is longer.
const maxSpoken = 8_000

// spoken folds a text and cuts it at maxSpoken.
func spoken(s string) string {
	s = Fold(s)
	if len(s) <= maxSpoken {
		return s
	}
	return strings.TrimRight(strings.ToValidUTF8(s[:maxSpoken], ""), " ")
}

// idiomAt is the length of a word at byte i in which a numeral is no number; 0 when there is none.
func idiomAt(s string, i int) int {
	r, _ := utf8.DecodeRuneInString(s[i:])
	for _, w := range unnumbered()[r] {
		if strings.HasPrefix(s[i:], w) {
			return len(w)
		}
	}
	return 0
}

// IsMeasure tells that a word is one by which things are counted: 杯, 辆, "cups".
func IsMeasure(word string) bool { return slices.Contains(measures(), word) }

// measureAt reads the measure word behind a number, and where it ends.
func measureAt(s string, i int) (string, int) {
	rest := strings.TrimLeft(s[i:], " -")
	at := len(s) - len(rest)
	if strings.HasPrefix(rest, "两") && at == i && weighed.MatchString(s[max(0, i-len("二")):]) {
		return "两", at + len("两") // 二两牛肉面: a weight
	}
	for _, m := range measures() {
		if strings.HasPrefix(rest, m) && endsWord(rest, len(m)) && !longerUnit(rest, m) {
			return m, at + len(m)
		}
	}
	return "", i
}

var (
	halfMore = regexp.MustCompile(`^半(?:[^糖价熟份个只]|$)`)
	weighed  = regexp.MustCompile(`^[一二三四五六八十]两(?:[^个份杯位人张条只件瓶盒天小周年百千万间晚]|$)`)
)

// longerUnit tells that what looks like a measure word is the beginning of a unit or of another word: 名字, 打车, 个月, 头发.
func longerUnit(rest, m string) bool {
	after := rest[len(m):]
	for _, w := range notMeasure[m] {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	return false
}

// notMeasure are what makes a measure word another word.
var notMeasure = map[string][]string{
	"打":  {"车", "包", "折", "电话", "印", "扫", "算", "开"},
	"人":  {"民币", "均", "物"},
	"晚":  {"上", "饭", "餐", "点"},
	"名":  {"字", "牌", "称"},
	"位":  {"置", "数"},
	"成":  {"人"},
	"道":  {"路"},
	"头":  {"条", "像", "发"},
	"单":  {"人", "间", "独", "价"},
	"场":  {"地"},
	"点":  {"心"},
	"样":  {"子"},
	"对":  {"折", "面"},
	"包":  {"间", "子", "厢", "邮"},
	"单间": {},
}

var rough = regexp.MustCompile(`(?:约|大约|大概|差不多|about |around |roughly |approximately |some )$`)

func saidRoughly(s string, i int) bool { return rough.MatchString(s[max(0, i-maxLead):i]) }

// maxLead bounds the bytes before a number or time that are looked at.
const maxLead = 40

var pointing = regexp.MustCompile(`\b(?:the|this|that|which|any|each|every|no|some|previous|current) $`)

// thisOne tells that "one" stands for a thing that is pointed at: "the one", "which one".
func thisOne(s string, i, end int) bool {
	return s[i:end] == "one" && pointing.MatchString(s[max(0, i-maxLead):i])
}

// IsCount tells whether a number in text counts things: it is not part of a time, price, distance, address or name.
func IsCount(s string, n Number) bool {
	s = Fold(s)
	last := max(n.Last, n.Start)
	if last == n.Start || n.End > len(s) || n.Start >= n.End {
		last = min(n.End, len(s))
	}
	if n.parted || n.Value < 1 || n.Value != float64(int(n.Value)) || n.Value >= maxCount {
		return false
	}
	switch {
	case n.Measure == "块" && pricedBlock(s, n.Start, n.End, n.Value), strings.HasPrefix(n.Measure, "个") && timeUnit.MatchString(s[n.End:]):
		return false
	case n.Measure != "":
		return n.Measure != "两"
	}
	if word := s[n.Start:last]; word == "俩" || word == "仨" || strings.HasSuffix(word, "打") {
		return true
	}
	if r, _ := utf8.DecodeRuneInString(s[n.Start:]); IsHan(r) {
		return false // 张三, 三明治: a Chinese numeral counts only with a measure word
	}
	return !named.MatchString(s[max(0, n.Start-maxLead):n.Start]) && !unitAt(s, last) && !glued(s, n.Start, last)
}

// maxCount is the first number that is too large to be a number of things.
const maxCount = 1000

var (
	timeUnit = regexp.MustCompile(`^ ?(?:半?小时|钟头|半?月|星期|礼拜|季度|世纪|百分点|点)`)
	// named are words before a number that make it a name: room 302, bus no. 5, 2号楼301, #5.
	named = regexp.MustCompile(`(?:\b(?:no\.?|nos\.?|number|room|line|gate|bus|flight|route|table|floor|unit|suite|terminal|apt\.?|apartment|seat|building|bldg\.?|platform|exit|step|block|tower|door|box|version|chapter|page|model|size|level|zone|train|track|code|pin|tel|phone|mobile) ?|\b(?:under|below|over|budget|within|less than|more than|at most|up to|max) |[#№@$€£¥]|(?:预算|人均|每人|不超过|超过|价格|低于|高于) ?|[号楼栋幢座室院门弄巷路街单元厅区桌房层编码话机块毛] ?|[\d.,:/]-?)$`)
	// attached tells that letters or another number belong to the number: 5g, 7-up, 24-hour, 138-1234.
	attached = regexp.MustCompile(`^(?:-?[a-wyz'][a-z]*|x[a-z]+|[-/:.,]\d|-(?:\p{Han}))`)
)

func unitAt(s string, i int) bool {
	rest := strings.TrimLeft(s[i:], " ")
	for _, u := range units() {
		if strings.HasPrefix(rest, u) && endsWord(rest, len(u)) {
			return true
		}
	}
	return strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "of ") && !strings.HasSuffix(s[:i], "dozen") && !strings.HasSuffix(s[:i], "couple")
}

// glued tells that letters, digits or a hyphen make the number part of something longer.
func glued(s string, start, end int) bool {
	if attached.MatchString(s[end:]) {
		return true
	}
	before := s[:start]
	if strings.HasSuffix(before, "x") || before == "" {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return r < utf8.RuneSelf && (isWord(r) || r == '-')
}

// step moves over one character, or over a whole Latin word.
func step(s string, i int) int {
	if w := latinWord.FindString(s[i:]); w != "" {
		return len(w)
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return n
}

var latinWord = regexp.MustCompile(`^[a-z]+`)

func endsWord(s string, i int) bool {
	if i >= len(s) {
		return true
	}
	b, _ := utf8.DecodeLastRuneInString(s[:i])
	a, _ := utf8.DecodeRuneInString(s[i:])
	return IsHan(b) || IsHan(a) || !isWord(a) || !isWord(b)
}
