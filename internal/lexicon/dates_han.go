package lexicon

import (
	"regexp"
	"strings"
	"time"
)

// hanDays are words for a day by its distance from today, longest first.
var hanDays = []struct {
	word string
	days int
	part *dayPart
}{
	{"大后天", 3, nil}, {"大前天", -3, nil}, {"今儿个", 0, nil}, {"明儿个", 1, nil}, {"今天", 0, nil}, {"今日", 0, nil}, {"今儿", 0, nil}, {"明天", 1, nil}, {"明日", 1, nil}, {"明儿", 1, nil}, {"后天", 2, nil},
	{"后日", 2, nil}, {"昨天", -1, nil}, {"昨日", -1, nil}, {"前天", -2, nil}, {"当天", 0, nil}, {"今晚上", 0, partNight}, {"今晚", 0, partNight}, {"今夜", 0, partNight}, {"今早上", 0, partMorning}, {"今早", 0, partMorning}, {"今晨", 0, partMorning},
	{"明早上", 1, partMorning}, {"明早", 1, partMorning}, {"明晨", 1, partMorning}, {"明晚上", 1, partNight}, {"明晚", 1, partNight}, {"明午", 1, partNoon}, {"后晚", 2, partNight}, {"昨晚上", -1, partNight}, {"昨晚", -1, partNight}, {"昨夜", -1, partNight},
}

const (
	zhDayNum = `(三十一?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]|[0-3]?\d)`
	zhMonNum = `(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])`
	zhYear   = `(?:(\d{4}|\d{2}|[〇零一二三四五六七八九]{2,4}|两千(?:零[一二三四五六七八九]|[一二]?十[一二三四五六七八九]?)?)年|(今年|明年|后年|去年|前年))`
)

var (
	zhWeekday  = regexp.MustCompile(`^(上上|下下|上|下|这|本)?个?(?:周|星期|礼拜|週)([一二三四五六日天末1-6])`)
	zhWeek     = regexp.MustCompile(`^(上上|下下|上|下|这|本)(?:个|一)?(?:周|星期|礼拜|週)`)
	zhDate     = regexp.MustCompile(`^(?:` + zhYear + ` ?的?)?` + zhMonNum + ` ?月(?:份的?)? ?` + zhDayNum + ` ?(日|号|號)?`)
	zhMonth    = regexp.MustCompile(`^(?:` + zhYear + ` ?的?)?(?:` + zhMonNum + ` ?月份?|(这个|本|下下个?|下个?|上上个?|上个?)月份?)的? ?(底|末|初|中旬?|上旬|下旬)?`)
	zhThisDay  = regexp.MustCompile(`^(这个|本|下下个?|下个?|上个?)月的?` + zhDayNum + ` ?[日号號]`)
	zhMonEnd   = regexp.MustCompile(`^月(底|末|初|中)`)
	zhYearEnd  = regexp.MustCompile(`^(今年|明年|去年)?年?(底|末|初)`)
	zhDom      = regexp.MustCompile(`^` + zhDayNum + ` ?([日号號])`)
	zhWholeYr  = regexp.MustCompile(`^(?:(\d{4}|[〇零一二三四五六七八九]{4}|[01]\d|零[〇零一二三四五六七八九])年|(今年|明年|后年|去年|前年))`)
	zhLunar    = regexp.MustCompile(`(?:农历|阴历|旧历) ?(?:[\d零〇一二三四五六七八九]{2,4}年)?$`)
	zhNth      = regexp.MustCompile(`^(?:` + zhMonNum + ` ?月|(这个|本|下个?)月)的?(?:第([一二三四五])|(最[后後]一?))个?(?:周|星期|礼拜)([一二三四五六日天])`)
	notDom     = regexp.MustCompile(`^(?:线|楼|院|桌|店|馆|门|口|厅|库|机|航|厂|仓|站|台|座|车|选|技|师|柜|套|房|铺|室|区|栋|幢|街|路|胡同|岸|井|床|位|球|码|工位|窗|元|本|语|料|式|系|记|常|报|子|化|游|三餐|之|租|券)`)
	domBefore  = regexp.MustCompile(`(?:[路街道巷弄里厦馆园苑城区座楼栋幢号第#a-z]|地铁|公交|房间|桌) ?$`)
	notMonth   = regexp.MustCompile(`^(?:花|嫂|饼|供|子|票|光|亮|球|台|饷|嫁)`)
	yearOffset = map[string]int{"今年": 0, "明年": 1, "后年": 2, "去年": -1, "前年": -2}
	stepOffset = map[string]int{"这个": 0, "这": 0, "本": 0, "下": 1, "下个": 1, "下下": 2, "下下个": 2, "上": -1, "上个": -1, "上上": -2, "上上个": -2}
)

// intoCity tells that a word for a part of the day ends in the first character of a city: 明晚上海 is 明晚, 上海.
func intoCity(s string, end int, word string) bool {
	return strings.HasSuffix(word, "上") && strings.HasPrefix(s[end:], "海") && !strings.HasPrefix(s[end:], "海边")
}

func hanDay(s string, i int, now time.Time) (day, bool) {
	if s[i] < 0x80 && (s[i] < '0' || s[i] > '9') {
		return day{}, false
	}
	for _, w := range hanDays {
		if strings.HasPrefix(s[i:], w.word) && !intoCity(s, i+len(w.word), w.word) {
			end := i + len(w.word)
			if w.part != nil && startsAny(s[end:], notPart) {
				end -= len("晚")
				return day{}, false
			}
			d := one(dayNamed, midnight(now).AddDate(0, 0, w.days), end)
			d.part, d.allowPast, d.bound = w.part, w.days < 0, true
			return d, true
		}
	}
	if d, ok := hanWeekday(s, i, now); ok {
		return d, true
	}
	if g := zhNth.FindStringSubmatch(s[i:]); g != nil {
		return hanNth(g, i, now)
	}
	if zhLunar.MatchString(s[max(0, i-maxLead):i]) {
		return day{}, false
	}
	if d, ok := hanDate(s, i, now); ok {
		return d, true
	}
	return hanMonthAt(s, i, now)
}

func hanWeekday(s string, i int, now time.Time) (day, bool) {
	if g := zhWeekday.FindStringSubmatchIndex(s[i:]); g != nil {
		if strings.HasSuffix(s[:i], "每") || g[2] < 0 && startsAny(s[i+g[1]:], []string{"围", "年"}) {
			return day{}, false
		}
		weeks, said := 0, g[2] >= 0
		if said {
			weeks = stepOffset[s[i+g[2]:i+g[3]]]
		}
		if word := s[i+g[4] : i+g[5]]; word != "末" {
			n, _ := strings.CutPrefix(word, "天")
			wd := strings.Index("日一二三四五六", n) / len("日")
			if word == "天" || word == "日" {
				wd = 0
			} else if word[0] < 0x80 {
				wd = atoi(word)
			}
			return weekdayOf(now, wd, weeks, said, i+g[1]), true
		}
		return weekend(now, weeks, i+g[1]), true
	}
	if strings.HasPrefix(s[i:], "周末") {
		return weekend(now, 0, i+len("周末")), true
	}
	if g := zhWeek.FindStringSubmatchIndex(s[i:]); g != nil && !startsAny(s[i+g[1]:], []string{"年", "边", "围"}) {
		return wholeWeek(now, stepOffset[s[i+g[2]:i+g[3]]], i+g[1]), true
	}
	return day{}, false
}

// hanNth reads 12月的第一个周五, 下个月最后一个星期一.
func hanNth(g []string, i int, now time.Time) (day, bool) {
	nth, wd := -1, strings.Index("日一二三四五六", strings.Replace(g[5], "天", "日", 1))/len("日")
	if g[3] != "" {
		nth = atoi(g[3])
	}
	if g[2] != "" {
		first := wholeMonth(now, stepOffset[g[2]], 0).from
		t, ok := nthWeekday(first.Year(), int(first.Month()), nth, wd, now.Location())
		return one(dayNamed, t, i+len(g[0])), ok
	}
	h := holiday{month: atoi(g[1]), nth: nth, weekday: wd}
	t, ok := h.next(now)
	return one(dayNamed, t, i+len(g[0])), ok
}

func weekdayOf(now time.Time, wd, weeks int, said bool, end int) day {
	d := one(dayWeekday, inWeek(now, wd, weeks), end)
	d.weekday, d.bound, d.allowPast = wd, said && weeks != 0, weeks < 0
	if weeks == 0 && d.from.Before(midnight(now)) {
		d.from = d.from.AddDate(0, 0, 7)
		d.to = d.from
	}
	return d
}

// hanDate reads 11月28号, 2026年11月28日, 明年三月五号, 本月十日, 28号.
func hanDate(s string, i int, now time.Time) (day, bool) {
	if g := zhDate.FindStringSubmatchIndex(s[i:]); g != nil {
		month, d := atoi(s[i+g[6]:i+g[7]]), hanDayNum(s[i+g[8]:i+g[9]])
		marked, end := g[10] >= 0, i+g[1]
		bare := s[i+g[8] : i+g[9]]
		if !marked && (len(bare) == 1 || len(bare) == len("五")) || !marked && startsAny(s[end:], []string{"个", "天", "周", "点", ":"}) || strings.HasPrefix(s[i+g[7]:], "月初") || !marked && moreDigits(s, end) {
			return hanMonthAt(s, i, now)
		}
		if !marked {
			end = i + g[9]
		}
		if year, said := hanYear(s, i, g, now); said {
			t, ok := dated(year, month, d, now.Location())
			return one(dayNamed, t, end), ok
		}
		t, ok := yearly(now, month, d)
		return one(dayYearly, t, end), ok
	}
	if g := zhThisDay.FindStringSubmatch(s[i:]); g != nil {
		first := wholeMonth(now, stepOffset[g[1]], 0).from
		t, ok := dated(first.Year(), int(first.Month()), hanDayNum(g[2]), now.Location())
		return one(dayNamed, t, i+len(g[0])), ok
	}
	if g := zhDom.FindStringSubmatchIndex(s[i:]); g != nil {
		end := i + g[1]
		r := hanDayNum(s[i+g[2] : i+g[3]])
		if notDom.MatchString(s[end:]) || domBefore.MatchString(s[max(0, i-maxLead):i]) || r < 1 || r > 31 {
			return day{}, false
		}
		t, ok := monthly(now, r)
		return one(dayMonthly, t, end), ok
	}
	return day{}, false
}

func moreDigits(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }

func hanDayNum(s string) int {
	return atoi(strings.Replace(s, "廿", "二十", 1))
}

func hanYear(s string, i int, g []int, now time.Time) (int, bool) {
	if g[2] >= 0 {
		return fullYear(yearNum(s[i+g[2] : i+g[3]])), true
	}
	if g[4] >= 0 {
		return now.Year() + yearOffset[s[i+g[4]:i+g[5]]], true
	}
	return now.Year(), false
}

// yearNum reads 2004, 二零零四, 两千零四.
func yearNum(s string) int {
	if strings.HasPrefix(s, "两千") {
		return 2000 + atoi(strings.TrimPrefix(s, "两千"))
	}
	if s[0] < 0x80 {
		return atoi(s)
	}
	n := 0
	for _, r := range s {
		n = n*10 + hanDigits[r]
	}
	return n
}

// hanMonthAt reads 下个月, 11月底, 月初, 明年四月, 今年.
func hanMonthAt(s string, i int, now time.Time) (day, bool) {
	if g := zhMonth.FindStringSubmatchIndex(s[i:]); g != nil && !notMonth.MatchString(s[i+g[1]:]) && !strings.HasSuffix(s[:i], "个") {
		return hanMonth(s, i, g, now)
	}
	if g := zhMonEnd.FindStringSubmatch(s[i:]); g != nil && !strings.HasSuffix(s[:i], "满") {
		return monthShare(wholeMonth(now, 0, i+len(g[0])), g[1], now), true
	}
	if g := zhYearEnd.FindStringSubmatch(s[i:]); g != nil && len(g[0]) >= len("年底") && strings.Contains(g[0], "年") {
		year := now.Year() + yearOffset[g[1]]
		if g[2] == "初" {
			first := time.Date(year, 1, 1, 0, 0, 0, 0, now.Location())
			return day{kind: daySpan, from: first, to: first.AddDate(0, 1, -1), end: i + len(g[0])}, true
		}
		last := time.Date(year, 12, 31, 0, 0, 0, 0, now.Location())
		return one(dayNamed, last, i+len(g[0])), true
	}
	if g := zhWholeYr.FindStringSubmatchIndex(s[i:]); g != nil {
		year := now.Year()
		if g[2] >= 0 {
			year = fullYear(yearNum(s[i+g[2] : i+g[3]]))
		} else {
			year += yearOffset[s[i+g[4]:i+g[5]]]
		}
		first := time.Date(year, 1, 1, 0, 0, 0, 0, now.Location())
		return day{kind: daySpan, from: first, to: first.AddDate(1, 0, -1), end: i + g[1], allowPast: true}, true
	}
	return day{}, false
}

func hanMonth(s string, i int, g []int, now time.Time) (day, bool) {
	end := i + g[1]
	if strings.HasSuffix(s[i:end], "的") || strings.HasSuffix(s[i:end], " ") {
		end = i + len(strings.TrimRight(s[i:end], "的 "))
	}
	var d day
	year, said := hanYear(s, i, g, now)
	switch {
	case g[8] >= 0:
		d = wholeMonth(now, stepOffset[s[i+g[8]:i+g[9]]], end)
	default:
		month := atoi(s[i+g[6] : i+g[7]])
		if startsAny(s[i+g[7]:], []string{"月初一", "月初二", "月初三", "月初四", "月初五", "月初六", "月初七", "月初八", "月初九", "月初十"}) {
			return d, false // of the lunar calendar
		}
		first := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, now.Location())
		if !said && first.AddDate(0, 1, 0).Before(midnight(now).AddDate(0, 0, 1)) {
			first = first.AddDate(1, 0, 0)
		}
		d = day{kind: dayMonth, from: first, to: first.AddDate(0, 1, -1), end: end, bound: said}
	}
	if g[10] >= 0 {
		return monthShare(d, s[i+g[10]:i+g[11]], now), true
	}
	return d, true
}

// monthShare is the beginning, middle or end of a month; its end is its last day.
func monthShare(d day, share string, now time.Time) day {
	first, last := d.from, d.to
	d.kind = daySpan
	switch share {
	case "底", "末":
		return one(dayNamed, last, d.end)
	case "初":
		d.to = first.AddDate(0, 0, 4)
	case "上旬":
		d.to = first.AddDate(0, 0, 9)
	case "中", "中旬":
		d.from, d.to = first.AddDate(0, 0, 10), first.AddDate(0, 0, 19)
	case "下旬":
		d.from = first.AddDate(0, 0, 20)
	}
	if d.to.Before(midnight(now)) && first.Month() == now.Month() && first.Year() == now.Year() {
		return monthShare(wholeMonth(now, 1, d.end), share, now)
	}
	return d
}
