package lexicon

import (
	_ "embed"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Money is a sum found in a folded text: 三块五, "$20", 二十来块, "20 bucks", 50-80元.
type Money struct {
	Amount   float64 // in the currency's unit
	High     float64 // the upper end of a sum said roughly or as a span; 0 when it was said exactly
	About    bool    // said roughly
	Currency string  // ISO 4217
	Text     string
	Start    int // byte offsets in the folded text
	End      int
}

// Minor is the amount in the currency's minor unit (fen, cents).
func (m Money) Minor() int64 {
	return int64(math.Round(m.Amount * math.Pow10(currencies().digits[m.Currency])))
}

//go:embed data/currencies.tsv
var currencyFile string

// coin is one way to write a currency: a symbol before or a unit behind a number.
type coin struct {
	form, code string
	share      float64 // of the unit: 1, or 0.1 and 0.01 for the smaller coins
}

type currencyTable struct {
	before, behind, small coins
	digits                map[string]int
}

// coins are forms by their first byte, longest first.
type coins map[byte][]coin

func (c coins) add(list []coin) {
	for _, one := range list {
		c[one.form[0]] = append(c[one.form[0]], one)
	}
}

// at are the forms that may stand at byte i.
func (c coins) at(s string, i int) []coin {
	if i >= len(s) {
		return nil
	}
	return c[s[i]]
}

var currencies = sync.OnceValue(func() currencyTable {
	t := currencyTable{before: coins{}, behind: coins{}, small: coins{}, digits: map[string]int{}}
	for line := range strings.Lines(currencyFile) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) < 5 || strings.HasPrefix(line, "#") {
			continue
		}
		t.digits[f[0]], _ = strconv.Atoi(f[1])
		t.before.add(coinsOf(f[0], f[2], 1))
		t.behind.add(coinsOf(f[0], f[3], 1))
		t.small.add(coinsOf(f[0], f[4], 0.01))
	}
	for _, all := range []coins{t.before, t.behind, t.small} {
		for _, list := range all {
			slices.SortStableFunc(list, func(a, b coin) int { return len(b.form) - len(a.form) })
		}
	}
	return t
})

func coinsOf(code, forms string, share float64) []coin {
	var out []coin
	for _, f := range strings.Split(forms, "|") {
		if f == "" {
			continue
		}
		c := coin{form: Fold(f), code: code, share: share}
		if tenth, ok := strings.CutSuffix(f, "*10"); ok {
			c.form, c.share = Fold(tenth), 0.1
		}
		out = append(out, c)
	}
	return out
}

// Sums finds the sums of money of a text (folded here) in order.
func Sums(text string) []Money {
	s := spoken(text)
	return scan(s, func(i int) (Money, int, bool) {
		m, ok := sumAt(s, i)
		if ok {
			m.Text = s[m.Start:m.End]
		}
		return m, m.End, ok
	})
}

func sumAt(s string, i int) (Money, bool) {
	if i > 0 && isLatin(s[i-1]) && isLatin(s[i]) || i > 0 && s[i-1] >= '0' && s[i-1] <= '9' && s[i] >= '0' && s[i] <= '9' {
		return Money{}, false
	}
	if m, ok := sumMarked(s, i); ok {
		return m, true
	}
	f, ok := figureAt(s, i)
	if !ok || f.value < 0 {
		return Money{}, false
	}
	high, at := sumSpan(s, f)
	m := Money{Amount: f.value, High: high, About: f.about || high > 0 || saidRoughly(s, i), Start: i, End: at}
	return m.unit(s, i)
}

// sumSpan reads the second half of 50-80, 50到80; the unit follows.
func sumSpan(s string, f figure) (float64, int) {
	m := spanMark.FindString(s[f.end:])
	if m == "" {
		return f.high, f.end
	}
	g, ok := figureAt(s, f.end+len(m))
	if !ok || g.value <= f.value {
		return f.high, f.end
	}
	return max(g.value, g.high), g.end
}

var spanMark = regexp.MustCompile(`^ ?(?:-|~|到|至|to) ?[$¥£€]?`)

// unit reads the currency behind the number.
func (m Money) unit(s string, start int) (Money, bool) {
	at := m.End
	for at < len(s) && (s[at] == ' ' || s[at] == '-') && at < m.End+1 {
		at++
	}
	at = afterOptional(s, at, "个", "塊")
	t := currencies()
	if c, end := coinAt(s, at, t.behind); end > 0 && !ambiguousCoin(s, start, end, c, m.Amount) {
		m.Currency, m.End = c.code, end
		if w := bigAfter.FindStringSubmatch(s[end:]); w != nil { // 75 usd million
			m.Amount, m.End = m.Amount*latinScales[w[1]], end+len(w[0])
			return m, true
		}
		return m.rest(s), true
	}
	if c, end := coinAt(s, at, t.small); end > 0 && !weakCoin(s, end, c) {
		m.Currency, m.End = c.code, end
		m.Amount, m.High = round(m.Amount*c.share), round(m.High*c.share)
		if c.form == "毛" {
			return m.again(s, c.share), true
		}
		return m.rest(s), true
	}
	return m, false
}

func afterOptional(s string, i int, words ...string) int {
	for _, w := range words {
		if strings.HasPrefix(s[i:], w) {
			if _, end := coinAt(s, i+len(w), currencies().behind); end > 0 && w == "个" {
				return i + len(w)
			}
		}
	}
	return i
}

var bigAfter = regexp.MustCompile(`^ (million|billion|trillion|thousand)\b`)

// coinAt is the longest currency form at byte i and where it ends; the end is 0 when there is none.
func coinAt(s string, i int, list coins) (coin, int) {
	for _, c := range list.at(s, i) {
		if strings.HasPrefix(s[i:], c.form) && endsWord(s[i:], len(c.form)) {
			return c, i + len(c.form)
		}
	}
	return coin{}, 0
}

// ambiguousCoin tells that a form is no money here: 三块蛋糕, 五元店, "2 pounds of beef", "1 $10 bill".
func ambiguousCoin(s string, start, end int, c coin, amount float64) bool {
	rest := s[end:]
	switch c.form {
	case "块", "块钱":
		return c.form == "块" && !pricedBlock(s, start, end, amount)
	case "元":
		return strings.HasPrefix(rest, "旦") || strings.HasPrefix(rest, "宵")
	case "pounds", "pound":
		return strings.HasPrefix(rest, " of ")
	case "$", "¥", "€", "£":
		return rest != "" && rest[0] >= '0' && rest[0] <= '9' || strings.HasPrefix(s[start:], "a ")
	case "角":
		return true
	}
	return false
}

// weakCoin tells that a small coin by itself is too like another word: 五分, 三角.
func weakCoin(s string, end int, c coin) bool {
	return c.form == "分" || c.form == "角" || c.form == "sen" && !strings.HasSuffix(s[:end], "sen") || c.form == "毛" && startsAny(s[end:], []string{"肚", "巾", "衣", "血", "豆", "笔", "毯"})
}

// rest reads what goes on behind the unit: 三块五, 五元三毛, "3 dollars 50 cents", 人民币 after 元.
func (m Money) rest(s string) Money {
	at := m.End
	if j := joinCoins.FindString(s[at:]); j != "" {
		at += len(j)
	}
	f, ok := figureAt(s, at)
	if one, single := hanDigitAt(s, at); single {
		f, ok = one, true
	}
	if !ok || f.value < 0 || f.high != 0 || m.High != 0 || f.value != math.Trunc(f.value) {
		return m
	}
	gapEnd := f.end
	for gapEnd < len(s) && s[gapEnd] == ' ' {
		gapEnd++
	}
	t := currencies()
	if c, end := coinAt(s, gapEnd, t.small); end > 0 && f.value < 100 {
		if c.code == m.Currency || strings.HasPrefix(c.form, "cent") {
			m.Amount, m.End = round(m.Amount+f.value*c.share), end
			return m.again(s, c.share)
		}
	}
	return m.loose(s, at, f)
}

var joinCoins = regexp.MustCompile(`^(?: and | ?又 ?| |零)`)

// again reads one coin smaller: 五毛 then 二 or 二分.
func (m Money) again(s string, share float64) Money {
	joined := m.End
	if strings.HasPrefix(s[joined:], " ") {
		joined++
	}
	f, ok := hanDigitAt(s, joined)
	if !ok {
		if f, ok = figureAt(s, joined); !ok || f.value >= 10 || f.value != math.Trunc(f.value) {
			return m
		}
	}
	if share != 0.1 {
		return m
	}
	if c, end := coinAt(s, f.end, currencies().small); end > 0 && c.share == 0.01 {
		m.Amount, m.End = round(m.Amount+f.value*0.01), end
		return m
	}
	if w, _ := measureAt(s, f.end); w == "" && m.Currency == "CNY" {
		m.Amount, m.End = round(m.Amount+f.value*0.01), f.end
	}
	return m
}

// loose reads a number that needs no unit: 三块五 is 3.5, "15 dollars 50" is 15.5.
func (m Money) loose(s string, at int, f figure) Money {
	if w, _ := measureAt(s, f.end); w != "" || unitAt(s, f.end) || f.parted {
		return m
	}
	han := strings.HasSuffix(s[:m.End], "块")
	switch {
	case han && at == m.End && f.value < 10 && (f.end-at == 1 || f.han):
		m.Amount, m.End = round(m.Amount+f.value/10), f.end
	case !han && !strings.HasSuffix(s[:m.End], "元") && s[m.End-1] != '$' && f.value < 100 && at > m.End && looseEnd.MatchString(s[f.end:]) && m.Amount == math.Trunc(m.Amount):
		m.Amount, m.End = round(m.Amount+f.value/100), f.end
	}
	return m
}

// looseEnd is what may follow "15 dollars 50": not a word that the 50 would count, nor a currency.
var looseEnd = regexp.MustCompile(`^(?:$|[.,!?;]?$|[.,!?;] | (?:and|or|for|more|to|is|was|in|on|at|please)\b)`)

// hanDigitAt reads exactly one Chinese digit, so that 三块五一斤 is 3.5 yuan for one 斤.
func hanDigitAt(s string, i int) (figure, bool) {
	for r, d := range hanDigits {
		if strings.HasPrefix(s[i:], string(r)) && d > 0 && r != '两' && r != '俩' {
			return figure{value: float64(d), han: true, end: i + len(string(r))}, true
		}
	}
	return figure{}, false
}

// sumMarked reads a sum whose currency stands before it: $20, ¥ 15.5, rmb 10, 人民币50元.
func sumMarked(s string, i int) (Money, bool) {
	for _, c := range currencies().before.at(s, i) {
		if !strings.HasPrefix(s[i:], c.form) {
			continue
		}
		at := i + len(c.form)
		if at < len(s) && s[at] == ' ' {
			at++
		}
		if at >= len(s) || isLatin(s[at]) && s[at-1] != ' ' {
			continue
		}
		f, ok := figureAt(s, at)
		if !ok || f.value < 0 || f.parted {
			continue
		}
		high, end := sumSpan(s, f)
		m := Money{Amount: f.value, High: high, About: f.about || high > 0 || saidRoughly(s, i), Currency: c.code, Start: i, End: end}
		if behind, end := coinAt(s, skipOne(s, m.End), currencies().behind); end > 0 && behind.code == c.code && (IsHan([]rune(behind.form)[0]) || s[m.End] == ' ' && isLatin(behind.form[0]) && c.form == "$") {
			m.End = end
		}
		return m, true
	}
	return Money{}, false
}

func skipOne(s string, i int) int {
	if i < len(s) && s[i] == ' ' {
		return i + 1
	}
	return i
}

var (
	spends   = regexp.MustCompile(`(?:[花付给共算超过低于最多至少预算每满减券充转还优惠便宜价费卖收值红包打赏人均只要才到在]|不到|以内|大约|大概|约)[我你他她了的是个]?$`)
	pricesOn = regexp.MustCompile(`^ ?(?:钱|以[内下上]|之内|左右|上下|[内的]|出头|多|每|一[个份杯位斤张人瓶只件盒束支碗]|$|[,.。!?;、，])`)
)

var oneDigit = regexp.MustCompile(`^[1-9](?:[^\d.:]|$)`)

// smallPieces are numbers up to which 块 at the end of a sentence more likely means pieces (三块).
const smallPieces = 4

// pricedBlock tells that 块 is the yuan, not a piece: 三块五, 三块钱, 20块以内, 花三块.
func pricedBlock(s string, start, end int, amount float64) bool {
	rest := s[end:]
	if strings.HasPrefix(rest, "钱") || spends.MatchString(s[max(0, start-maxLead):start]) {
		return true
	}
	if f, ok := figureAt(s, end); ok && startsAny(s[f.end:], []string{"毛", "角"}) {
		return true
	}
	f, ok := hanDigitAt(s, end)
	if g := oneDigit.FindString(rest); g != "" {
		f, ok = figure{end: end + 1}, true
	}
	if ok {
		if w, _ := measureAt(s, f.end); w == "" && !unitAt(s, f.end) || strings.HasPrefix(w, "毛") || strings.HasPrefix(s[f.end:], "毛") {
			return true
		}
	}
	if !pricesOn.MatchString(rest) {
		return false
	}
	return amount > smallPieces || !(rest == "" || startsAny(rest, []string{",", ".", "。", "!", "?", ";", "、", "的"}))
}
