package lexicon

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Number is a number found in a folded text, with the measure word that follows it.
type Number struct {
	Value   float64
	Measure string // 杯, 份, "cups" …; "" when none follows
	Start   int    // byte offsets in the folded text, measure included
	End     int
}

// measures follow a number of things. Units of time, money, distance and the like are in units.
var measures = []string{"杯", "份", "个", "只", "件", "瓶", "盒", "打", "束", "支", "枝", "朵", "张", "碗", "块", "条", "包", "袋", "罐", "听", "辆", "台", "间", "晚", "位", "人", "套", "本", "斤", "公斤", "串", "盘", "桶", "箱", "片", "单", "趟",
	"cups of", "cup of", "glasses of", "glass of", "bottles of", "bottle of", "boxes of", "box of", "pieces of", "piece of", "bunches of", "bunch of", "pairs of", "pair of", "bowls of", "bowl of", "slices of", "slice of", "orders of", "order of", "portions of", "portion of", "servings of", "serving of", "packs of", "pack of", "bags of", "bag of", "cans of", "can of", "sets of", "set of", "cups", "cup", "people", "persons", "person", "tickets", "ticket", "nights", "night", "rooms", "room"}

// notCount are what makes a number not a number of things.
var notCount = []string{"元", "块钱", "毛", "分糖", "分钟", "分", "点", "小时", "号", "日", "月", "年", "周", "星期", "天", "公里", "千米", "米", "度", "折", "%", "yuan", "rmb", "dollars", "am", "pm", "o'clock", "minutes", "minute", "mins", "min", "hours", "hour", "km", "miles", "days", "day", "th ", ":", "楼", "室", "栋", "层", "路", "街", "弄"}

var zhDigits = map[rune]int{'零': 0, '〇': 0, '一': 1, '壹': 1, '二': 2, '两': 2, '俩': 2, '兩': 2, '三': 3, '仨': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
var zhScales = map[rune]int{'十': 10, '百': 100, '千': 1000, '万': 10000}

var enNumbers = map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"hundred": 100, "dozen": 12, "couple": 2, "both": 2}

var digitRun = regexp.MustCompile(`^\d+(?:\.\d+)?`)
var latinWord = regexp.MustCompile(`^[a-z]+`)

// Numbers finds the numbers of a text (folded here) in order. Ordinals (第二, "second") are not numbers of things: see Ordinal.
func Numbers(s string) []Number {
	s = Fold(s)
	var out []Number
	for i := 0; i < len(s); {
		v, n := numberAt(s, i)
		if n == 0 {
			i += step(s, i)
			continue
		}
		num := Number{Value: v, Start: i, End: i + n}
		rest := strings.TrimLeft(s[num.End:], " -")
		for _, m := range measures {
			if strings.HasPrefix(rest, m) && endsWord(rest, len(m)) {
				num.Measure = m
				num.End = len(s) - len(rest) + len(m)
				break
			}
		}
		if !strings.HasSuffix(strings.TrimRight(s[:i], " "), "第") {
			out = append(out, num)
		}
		i = num.End
	}
	return out
}

// IsCount tells whether a number in text counts things: it is not part of a time, price, distance or address.
func IsCount(s string, n Number) bool {
	s = Fold(s)
	if n.Measure == "块" && strings.HasPrefix(s[n.End:], "钱") {
		return false
	}
	if n.Measure != "" {
		return true
	}
	if r, _ := utf8.DecodeRuneInString(s[n.Start:]); IsHan(r) {
		return false // 张三, 三明治: a Chinese numeral counts only with a measure word
	}
	rest := strings.TrimLeft(s[n.End:], " ")
	for _, u := range notCount {
		if strings.HasPrefix(rest, u) {
			return false
		}
	}
	return n.Value == float64(int(n.Value)) && n.Value >= 1 && n.Value < 1000
}

// step moves over one character, or over a whole Latin word.
func step(s string, i int) int {
	if w := latinWord.FindString(s[i:]); w != "" {
		return len(w)
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return n
}

func endsWord(s string, i int) bool {
	if i >= len(s) {
		return true
	}
	b, _ := utf8.DecodeLastRuneInString(s[:i])
	a, _ := utf8.DecodeRuneInString(s[i:])
	return IsHan(b) || IsHan(a) || !isWord(a)
}

func numberAt(s string, i int) (float64, int) {
	if m := digitRun.FindString(s[i:]); m != "" {
		v, _ := strconv.ParseFloat(m, 64)
		rest := s[i+len(m):]
		for r, scale := range zhScales {
			if strings.HasPrefix(rest, string(r)) {
				return v * float64(scale), len(m) + len(string(r))
			}
		}
		return v, len(m)
	}
	if w := latinWord.FindString(s[i:]); w != "" {
		return english(s[i:])
	}
	return chinese(s[i:])
}

// english reads "three", "twenty five", "two dozen", "a couple of".
func english(s string) (float64, int) {
	total, end, pos, words := 0, 0, 0, 0
	for {
		w := latinWord.FindString(s[pos:])
		v, ok := enNumbers[w]
		if !ok || (words > 0 && (w == "a" || w == "an")) {
			break
		}
		switch {
		case (w == "dozen" || w == "hundred" || w == "couple") && words > 0:
			total = max(total, 1) * v
		case words > 0 && !(total >= 20 && v < 10):
			return float64(total), end
		default:
			total += v
		}
		words++
		end = pos + len(w)
		pos = end
		for pos < len(s) && (s[pos] == ' ' || s[pos] == '-') {
			pos++
		}
	}
	if words == 0 {
		return 0, 0
	}
	if strings.HasPrefix(s[pos:], "of ") && (strings.HasSuffix(s[:end], "couple") || strings.HasSuffix(s[:end], "dozen")) {
		end = pos + 2
	}
	return float64(total), end
}

// chinese reads 三, 十二, 两百五十, 半打.
func chinese(s string) (float64, int) {
	if strings.HasPrefix(s, "半打") {
		return 6, len("半打")
	}
	total, current, n, seen := 0, 0, 0, false
	for _, r := range s {
		if d, ok := zhDigits[r]; ok {
			current, seen = d, true
		} else if scale, ok := zhScales[r]; ok && (seen || r == '十') {
			if current == 0 {
				current = 1
			}
			total, current, seen = total+current*scale, 0, true
		} else {
			break
		}
		n += utf8.RuneLen(r)
	}
	if !seen {
		return 0, 0
	}
	if strings.HasPrefix(s[n:], "打") && !strings.HasPrefix(s[n:], "打车") {
		return float64((total + current) * 12), n + len("打")
	}
	return float64(total + current), n
}

var ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
var zhOrdinal = regexp.MustCompile(`第([一二两三四五六七八九十\d]+)`)

// Ordinal finds "the second one", 第二个: 1-based, -1 for the last, 0 when there is none.
func Ordinal(s string) int {
	s = Fold(s)
	if m := zhOrdinal.FindStringSubmatch(s); m != nil {
		v, _ := numberAt(m[1], 0)
		return int(v)
	}
	for _, w := range strings.Fields(s) {
		if n, ok := ordinals[strings.Trim(w, ",.!?")]; ok {
			return n
		}
	}
	return 0
}
