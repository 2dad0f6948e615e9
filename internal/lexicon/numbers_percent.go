package lexicon

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

// Percent is a share found in a folded text: 25%, 百分之五, 三成, 八折 (what is left of the price), "ten percent".
type Percent struct {
	Value float64 // 25 for 25 %
	Start int     // byte offsets in the folded text
	End   int
}

var (
	perHundred  = regexp.MustCompile(`^([百佰千仟万萬 ]+) ?分 ?之 ?`)
	percentMark = regexp.MustCompile(`^(?: ?(?:%|％)| ?个? ?百 ?分 ?[点點]| ?個 ?百 ?分 ?[点點]| ?(?:percents?|percentage|per cent)\b)`)
	percentOf   = regexp.MustCompile(`^(?:percents?|per cent) of `)
	tenthMark   = regexp.MustCompile(`^ ?(成|折)(?: ?(半|[一二三四五六七八九]))?`)
	twoDigits   = regexp.MustCompile(`^([一二三四五六七八九\d]) ?([一二三四五六七八九\d]) ?折`)
	halfTenth   = regexp.MustCompile(`^半([成折])`)
	webAddress  = regexp.MustCompile(`https?://\S+`)
)

// Percents finds the shares of a text (folded here) in order.
func Percents(text string) []Percent {
	s := spoken(text)
	links := webAddress.FindAllStringIndex(s, -1)
	return scan(s, func(i int) (Percent, int, bool) {
		if slices.ContainsFunc(links, func(l []int) bool { return i >= l[0] && i < l[1] }) {
			return Percent{}, 0, false
		}
		p, ok := percentAt(s, i)
		return p, p.End, ok
	})
}

func percentAt(s string, i int) (Percent, bool) {
	if g := perHundred.FindStringSubmatchIndex(s[i:]); g != nil {
		return perPercent(s, i, s[i+g[2]:i+g[3]], i+g[1])
	}
	if m := percentOf.FindString(s[i:]); m != "" {
		f, ok := figureAt(s, i+len(m))
		return Percent{Value: f.value, Start: i, End: f.end}, ok
	}
	if strings.HasPrefix(s[i:], "对折") || strings.HasPrefix(s[i:], "對折") {
		return Percent{Value: 50, Start: i, End: i + len("对折")}, strings.HasSuffix(s[:i], "打")
	}
	if m := halfTenth.FindStringSubmatch(s[i:]); m != nil {
		return Percent{Value: map[string]float64{"成": 5, "折": 50}[m[1]], Start: i, End: i + len(m[0])}, true
	}
	if m := twoDigits.FindStringSubmatch(s[i:]); m != nil {
		a, _ := figureAt(m[1], 0)
		b, _ := figureAt(m[2], 0)
		return Percent{Value: a.value*10 + b.value, Start: i, End: i + len(m[0])}, true
	}
	f, ok := figureAt(s, i)
	if !ok || f.high != 0 || f.parted {
		return Percent{}, false
	}
	if m := percentMark.FindString(s[f.end:]); m != "" {
		return Percent{Value: f.value, Start: i, End: f.end + len(m)}, true
	}
	return tenths(s, i, f)
}

// perPercent reads 百分之五, 千分之二.
func perPercent(s string, i int, den string, at int) (Percent, bool) {
	if b := strings.TrimRight(s[:i], " "); b != "" {
		if f, ok := figureAt(b, len(b)-lastSize(b)); ok && f.end == len(b) {
			return Percent{}, false // 五百分之二 is a fraction
		}
	}
	f, ok := figureAt(s, at)
	if !ok && strings.HasPrefix(s[at:], "百") {
		f, ok = figure{value: 100, end: at + len("百")}, true
	}
	whole := 1.0
	for _, r := range strings.ReplaceAll(den, " ", "") {
		whole *= hanScales[r]
	}
	return Percent{Value: round(f.value / whole * 100), Start: i, End: f.end}, ok && f.high == 0
}

func lastSize(s string) int {
	r := []rune(s[max(0, len(s)-4):])
	return len(string(r[len(r)-1]))
}

// tenths reads 三成, 七成六, 三成半, 八折, 8.5折, 75折.
func tenths(s string, i int, f figure) (Percent, bool) {
	g := tenthMark.FindStringSubmatchIndex(s[f.end:])
	if g == nil || f.value <= 0 {
		return Percent{}, false
	}
	off := s[f.end+g[2]:f.end+g[3]] == "折"
	v, end := f.value*10, f.end+g[3]
	if off && f.value >= 10 {
		v = f.value
	}
	if g[4] >= 0 && !off {
		v, end = v+5, f.end+g[1]
		if d, ok := hanDigits[[]rune(s[f.end+g[4] : f.end+g[5]])[0]]; ok {
			v = v - 5 + float64(d)
		}
	}
	return Percent{Value: round(v), Start: i, End: end}, v <= 100 && (!off || v < 100 && f.value != 10)
}

// round takes away the noise of binary fractions.
func round(v float64) float64 {
	if v == 0 || math.Abs(v) < 1e-5 {
		return v
	}
	return math.Round(v*1e9) / 1e9
}
