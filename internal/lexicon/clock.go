package lexicon

import (
	"regexp"
	"strconv"
	"strings"
)

// clock is an hour of the day as it was said.
type clock struct {
	hour, minute, second int
	half                 int  // 1 am, 2 pm, 0 when neither was said
	fixed                bool // said in 24 hours: 18:30, 06:00, 零点
	end                  int
}

// dayPart is a part of the day: the hours it spans, and the hour meant when only the part is said.
type dayPart struct {
	name         string
	from, to, at int
}

var (
	partDawn      = &dayPart{"dawn", 0, 6, 5}
	partMorning   = &dayPart{"morning", 6, 12, 9}
	partNoon      = &dayPart{"noon", 11, 14, 12}
	partAfternoon = &dayPart{"afternoon", 12, 18, 15}
	partEvening   = &dayPart{"evening", 18, 22, 19}
	partNight     = &dayPart{"night", 18, 24, 20}
)

var hanParts = []struct {
	word string
	part *dayPart
}{
	{"大清早", partMorning}, {"一大早", partMorning}, {"大早上", partMorning}, {"大中午", partNoon}, {"大晚上", partNight}, {"凌晨", partDawn}, {"清晨", partMorning}, {"清早", partMorning}, {"早晨", partMorning},
	{"早上", partMorning}, {"早间", partMorning}, {"一早", partMorning}, {"上午", partMorning}, {"正午", partNoon}, {"中午", partNoon}, {"下午", partAfternoon}, {"午后", partAfternoon}, {"傍晚", partEvening},
	{"晚上", partNight}, {"晚间", partNight}, {"夜晚", partNight}, {"夜里", partNight}, {"夜间", partNight}, {"半夜", partDawn}, {"深夜", partNight}, {"午夜", partDawn},
}

// notPart follow a part of the day in words that are no time: 下午茶, 早上好.
var notPart = []string{"茶", "好", "饭", "餐", "安"}

// partAt reads a part of the day; loose also takes 早 and 晚 alone, and English words without "in the".
func partAt(s string, i int, loose bool) (*dayPart, int) {
	for _, p := range hanParts {
		if strings.HasPrefix(s[i:], p.word) && !intoCity(s, i+len(p.word), p.word) {
			if end := i + len(p.word); !startsAny(s[end:], notPart) {
				return p.part, end
			}
			return nil, 0
		}
	}
	for word, p := range map[string]*dayPart{"早": partMorning, "晚": partNight} {
		if end := i + len(word); strings.HasPrefix(s[i:], word) && !startsAny(s[end:], []string{"点", "餐", "饭", "安", "一点", "茶", "会", "上", "间", "晨", "宴", "班", "高峰", "到"}) {
			if _, hour := hourAt(s, end); loose || hour {
				return p, end
			}
		}
	}
	if i > 0 && (isLatin(s[i-1]) || s[i-1] >= '0' && s[i-1] <= '9') {
		return nil, 0
	}
	g := enPart.FindStringSubmatchIndex(s[i:])
	if g == nil || g[2] < 0 && !loose && s[i+g[4]] != 'l' || enNotPart.MatchString(s[i+g[1]:]) {
		return nil, 0
	}
	return enParts[s[i+g[4]:i+g[5]]], i + g[1]
}

// hourAt tells that an hour with 点 follows.
func hourAt(s string, i int) (int, bool) {
	g := zhHour.FindStringSubmatchIndex(s[i:])
	return 0, g != nil
}

var (
	enPart    = regexp.MustCompile(`^((?:in|during|for|at|by) (?:the |this )?|the |this )?(?:early |late |early-|late-)?(mornings?|afternoons?|evenings?|nights?|lunchtime|lunch time|am|pm)\b`)
	enNotPart = regexp.MustCompile(`^ (?:tea|club|market|dress|stand|call|glory|shift|bus|time|life|sky|light|train|flight)s?\b`)
	enParts   = map[string]*dayPart{"morning": partMorning, "mornings": partMorning, "afternoon": partAfternoon, "afternoons": partAfternoon, "evening": partEvening, "evenings": partEvening,
		"night": partNight, "nights": partNight, "lunchtime": partNoon, "lunch time": partNoon, "am": partMorning, "pm": partAfternoon}
)

// hours brings an hour said in a part of the day to 24 hours; from 24 on it lies in the next day's small hours.
func (p *dayPart) hours(h int) int {
	switch {
	case h > 12 || p == partDawn && h < 12:
		return h
	case p == partDawn: // 午夜12点, 凌晨12点
		return 0
	case p == partMorning:
		return h
	case p == partNoon:
		if h < 5 {
			return h + 12
		}
		return h
	case p == partNight && (h < 5 || h == 12):
		return h%12 + 24
	case h == 12:
		return 12
	}
	return h + 12
}

const hanHour = `(\d{1,2}|二十[一二三四]?|十[一二三四五六七八九]?|[零〇一二两兩三四五六七八九])`

var (
	zhHour   = regexp.MustCompile(`^` + hanHour + ` ?[点點时時]`)
	zhClock  = regexp.MustCompile(`^` + hanHour + ` ?([点點]钟?|时|時)(?: ?(整)| ?过?([一二两三1-3])刻钟?| ?(半)| ?(?:过)?([零〇]?[0-5]?[0-9]|[二三四五]?十[一二三四五六七八九]?|[零〇]?[一二两三四五六七八九]) ?(分钟?)?(?: ?(\d{1,2}|[二三四五]?十?[一二三四五六七八九]?)秒)?)?`)
	zhLess   = regexp.MustCompile(`^差 ?(?:([一1])刻钟?|(\d{1,2}|[二]?十?[一二三四五六七八九]?十?)分钟?)(?:到|就)? ?` + hanHour + `[点點]`)
	zhLessIn = regexp.MustCompile(`^ ?差(?:([一1])刻|(\d{1,2}|[二]?十?[一二三四五六七八九]?十?)分)`)
	colons   = regexp.MustCompile(`^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?: ?(a\.?m\b\.?|p\.?m\b\.?|a\. m\.|p\. m\.|o'?clock\b|hrs?\b|h\b|a\b|p\b))?`)
)

// clockAt reads an hour of the day. said tells that a day, a part of the day or "from" stands before it, so that 一点 is no "a bit";
// led that "at" or the like does, so that a bare number is an hour.
func clockAt(s string, i int, said, led bool) (clock, bool) {
	if i >= len(s) || i > 0 && (s[i-1] >= '0' && s[i-1] <= '9' && s[i] >= '0' && s[i] <= '9' || isLatin(s[i-1]) && isLatin(s[i]) || s[i-1] == ':' || strings.HasSuffix(s[:i], "第")) {
		return clock{}, false
	}
	if g := colons.FindStringSubmatchIndex(s[i:]); g != nil {
		return colonClock(s, i, g)
	}
	if c, ok := hanClock(s, i, said); ok {
		return c, true
	}
	return englishClock(s, i, led)
}

func colonClock(s string, i int, g []int) (clock, bool) {
	c := clock{hour: atoi(s[i+g[2] : i+g[3]]), minute: atoi(s[i+g[4] : i+g[5]]), end: i + g[1]}
	c.fixed = c.hour > 12 || c.hour == 0 || s[i] == '0'
	if g[6] >= 0 {
		c.second = atoi(s[i+g[6] : i+g[7]])
	}
	if g[8] >= 0 {
		c.half = halfOf(s[i+g[8]:])
	}
	if c.end < len(s) && (s[c.end] == ':' || s[c.end] == '/' || s[c.end] >= '0' && s[c.end] <= '9') {
		return c, false
	}
	return c, c.hour <= 24
}

func halfOf(s string) int {
	switch {
	case strings.HasPrefix(s, "a"):
		return 1
	case strings.HasPrefix(s, "p"):
		return 2
	}
	return 0
}

// atoi reads digits that a pattern has matched; Chinese numerals too.
func atoi(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	f, _ := hanInteger(strings.TrimLeft(s, "零〇"), 0)
	return int(f.value)
}

func hanClock(s string, i int, said bool) (clock, bool) {
	if g := zhLess.FindStringSubmatchIndex(s[i:]); g != nil {
		c := clock{hour: atoi(s[i+g[6] : i+g[7]]), end: i + g[1]}
		return c.minus(lessOf(s, i, g)), c.hour <= 24
	}
	g := zhClock.FindStringSubmatchIndex(s[i:])
	if g == nil || i > 0 && strings.HasSuffix(s[:i], ".") || notClock(s, i, g, said) {
		return clock{}, false
	}
	c := clock{hour: atoi(s[i+g[2] : i+g[3]]), end: i + g[1]}
	unit := s[i+g[4] : i+g[5]]
	c.fixed = c.hour > 12 || c.hour == 0 || s[i] == '0' && g[3]-g[2] == 2
	switch {
	case g[8] >= 0:
		c.minute = 15 * atoi(s[i+g[8]:i+g[9]])
	case g[10] >= 0:
		c.minute = 30
	case g[12] >= 0:
		return hanMinutes(s, i, g, c, unit)
	}
	if l := zhLessIn.FindStringSubmatchIndex(s[c.end:]); l != nil && c.minute == 0 {
		less := lessOf(s, c.end, l)
		c.end += l[1]
		return c.minus(less), c.hour <= 24
	}
	return c, c.hour <= 24
}

func lessOf(s string, i int, g []int) int {
	if g[2] >= 0 {
		return 15
	}
	return atoi(s[i+g[4] : i+g[5]])
}

func (c clock) minus(minutes int) clock {
	all := c.hour*60 - minutes
	if c.hour == 1 && !c.fixed {
		all += 12 * 60
	}
	c.hour, c.minute = all/60, all%60
	return c
}

// hanMinutes takes what stands behind 点 for minutes when it is said so (分) or cannot be a number of things.
func hanMinutes(s string, i int, g []int, c clock, unit string) (clock, bool) {
	text := s[i+g[12] : i+g[13]]
	minutes := atoi(text)
	ok := c.hour <= 24 && minutes < 60
	if g[14] >= 0 && !startsAny(s[i+g[15]:], []string{"糖", "甜", "熟"}) {
		if g[16] >= 0 && g[17] > g[16] {
			c.second = atoi(s[i+g[16] : i+g[17]])
		}
		c.minute = minutes
		return c, ok
	}
	end := i + g[13]
	whole := i + g[5] // without minutes
	m, _ := measureAt(s, end)
	single := len(text) == 1 || len(text) == len("五")
	if single || m != "" || unitAt(s, end) && !strings.HasPrefix(s[end:], "到") || strings.HasPrefix(s[end:], "号") {
		c.end = whole
		return c, c.hour <= 24
	}
	c.minute, c.end = minutes, end
	return c, ok
}

var (
	aBit       = regexp.MustCompile(`^(?:[点點](?:钟|半|整|[一二两三]刻|\d|[零〇二三四五]?十|过|差|前|后|之|以|左右|到|至|出发|开始|开会|见|的车|的飞机|送))`)
	orders     = []string{"餐", "菜", "单", "心", "评", "赞", "击", "名", "要", "建议", "水", "儿", "滴", "意见", "了"}
	decimalEnd = regexp.MustCompile(`^[点點][零〇一二三四五六七八九](?:$|[^十点點分刻个個])`)
)

// notClock tells that 点 belongs to another word: 一点 "a bit", 三点五公里, 我们三点餐.
func notClock(s string, i int, g []int, said bool) bool {
	word, behind := s[i+g[2]:i+g[3]], s[i+g[4]:]
	before := s[:i]
	if strings.HasPrefix(behind, "时") || strings.HasPrefix(behind, "時") {
		return startsAny(s[i+g[5]:], []string{"候", "间", "装", "光", "尚", "节", "段", "期", "令", "代"}) || (word == "一" || word == "两") && !said
	}
	if m, _ := measureAt(s, i+g[5]+lenDigit(s, i+g[5])); !said && decimalEnd.MatchString(behind) && m == "" {
		return true
	}
	if pointFive.MatchString(behind) {
		return true
	}
	if word == "一" || word == "1" && !said {
		if startsAny(behind, []string{"点点", "点儿", "点也", "点都"}) || comparative(before) || !said && !aBit.MatchString(behind) {
			return true
		}
	}
	if f, ok := prefixNumber(before); ok && f && !weekdayEnd.MatchString(before[max(0, len(before)-maxLead):]) {
		return true
	}
	return !said && startsAny(s[i+g[5]:], orders)
}

var (
	weekdayEnd = regexp.MustCompile(`(?:周|星期|礼拜)[一二三四五六]$`)
	pointFive  = regexp.MustCompile(`^[点點]\d(?:折|倍|元|块|万|亿|公里|斤|升|米|度|%|分糖)`)
)

func lenDigit(s string, i int) int {
	if f, ok := hanDigitAt(s, i); ok {
		return f.end - i
	}
	return 0
}

// prefixNumber tells that a Chinese numeral stands directly before, so that what follows is its tail.
func prefixNumber(before string) (bool, bool) {
	if before == "" {
		return false, false
	}
	r := []rune(before[max(0, len(before)-4):])
	last := r[len(r)-1]
	_, digit := hanDigits[last]
	_, scale := hanScales[last]
	return digit || scale, true
}

// comparative tells that 一点 makes a word stronger: 快一点, 早一点; 今早一点 is an hour.
func comparative(before string) bool {
	for _, w := range []string{"快", "慢", "多", "少", "甜", "辣", "淡", "好", "大", "小", "热", "冷", "有", "近", "便宜", "贵", "高", "低", "这么", "那么", "差", "只"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	for _, w := range []string{"早", "晚"} {
		if b, ok := strings.CutSuffix(before, w); ok {
			return !strings.HasSuffix(b, "今") && !strings.HasSuffix(b, "明") && !strings.HasSuffix(b, "昨") && !strings.HasSuffix(b, "日") && !strings.HasSuffix(b, "号")
		}
	}
	return false
}
