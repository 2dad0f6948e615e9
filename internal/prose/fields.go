package prose

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

var (
	cellCut  = regexp.MustCompile(`\s+[|·•]\s+|\t+|\s+[-–—]\s+|[;；]\s*|[,，、]\s*|[。!！]\s*|\.\s+|\.$|\s{3,}`)
	pair     = regexp.MustCompile(`^\**([\p{L}][\p{L}\d _()/（）]{0,30}?)\**\s*[:：=]\s*\**(\S.*?)\**$`)
	amount   = regexp.MustCompile(`(?i)(?:[¥￥$€£]|\b(?:cny|rmb|usd|hkd|eur|gbp)\s?)\s?\d[\d,]*(?:\.\d{1,2})?|\d[\d,]*(?:\.\d{1,2})?\s?(?:元|块钱?|yuan\b|rmb\b|cny\b|usd\b|hkd\b|eur\b)`)
	clock    = regexp.MustCompile(`\b([01]?\d|2[0-3]):([0-5]\d)\b(?:\s?(?:-|–|—|~|to|至|到)\s?([01]?\d|2[0-3]):([0-5]\d)\b)?`)
	isoDate  = regexp.MustCompile(`\b(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?\b`)
	dayFirst = regexp.MustCompile(`\b(\d{1,2})[-/.](\d{1,2})[-/.](20\d\d)\b`)
	soldOut  = regexp.MustCompile(`(?i)\bsold[ -]?out\b|\bunavailable\b|\bout of stock\b|\bfully booked\b|\bno (?:seats|rooms|places) left\b|\b(?:stock|left|remaining)[: ]+0\b|售罄|售完|卖完|无货|缺货|已满|约满|无票|余票[:： ]*0\b|库存[:： ]*0\b`)
	labelEnd = regexp.MustCompile(`[^\p{L}\d]+$`)
)

// fields reads a line into a record: its codes, its labelled values, its price and time, and its name; more tells that it only
// adds to a record that has a name.
func fields(line string, r map[string]any, more bool) {
	if !more {
		set(r, "text", clean(line))
	}
	rest := codes(line, r)
	if soldOut.MatchString(line) {
		set(r, "available", false)
	}
	dates(line, r)
	if m := clock.FindStringSubmatch(line); m != nil {
		at := pad(m[1]) + ":" + m[2]
		if m[3] != "" {
			at += "-" + pad(m[3]) + ":" + m[4]
		}
		set(r, "time", at)
	}
	for _, cell := range cellCut.Split(rest, maxFields) {
		if cell = strings.TrimSpace(cell); cell != "" {
			readCell(cell, r, more)
			more = true // the name comes first
		}
	}
	if prices := amount.FindAllString(rest, 2); len(prices) == 1 && !hasMoney(r) {
		set(r, "price", clean(prices[0]))
	}
}

// readCell reads a part of a line: a label with its value, a word with its price, or the name.
func readCell(cell string, r map[string]any, more bool) {
	if m := pair.FindStringSubmatch(cell); m != nil && !clockLabel(cell) {
		set(r, keyOf(m[1], m[2]), clean(m[2]))
		return
	}
	if at := amount.FindStringIndex(cell); at != nil {
		label := strings.TrimSpace(labelEnd.ReplaceAllString(cell[:at[0]], ""))
		_, named := r["name"]
		switch {
		case label == "":
			return
		case !named && !more:
			set(r, "name", clean(label))
			set(r, "price", clean(cell[at[0]:at[1]]))
		case len(strings.Fields(label)) <= 3:
			set(r, keyOf(label, "1"), clean(cell[at[0]:at[1]]))
		}
		return
	}
	if _, named := r["name"]; !named && !more && hasLetter(cell) && !soldOut.MatchString(cell) {
		set(r, "name", clean(cell))
	}
}

// clockLabel tells that the colon of a cell is that of a time: "dep 09:30".
func clockLabel(cell string) bool {
	at := clock.FindStringIndex(cell)
	return at != nil && strings.IndexAny(cell, ":：") >= at[0]
}

func hasMoney(r map[string]any) bool {
	for k, v := range r {
		if s, ok := v.(string); ok && k != "text" && k != "name" && amount.MatchString(s) {
			return true
		}
	}
	return false
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// dates writes the day that a line names as 2006-01-02, where it can be only one.
func dates(line string, r map[string]any) {
	if m := isoDate.FindStringSubmatch(line); m != nil {
		day(r, m[1], m[2], m[3])
		return
	}
	if m := dayFirst.FindStringSubmatch(line); m != nil && len(pad(m[1])) == 2 && (pad(m[1]) > "12" || m[1] == m[2]) {
		day(r, m[3], m[2], m[1])
	}
}

func day(r map[string]any, year, month, date string) {
	s := year + "-" + pad(month) + "-" + pad(date)
	if _, err := time.Parse(time.DateOnly, s); err == nil {
		set(r, "date", s)
	}
}

func pad(n string) string {
	if len(n) == 1 {
		return "0" + n
	}
	return n
}

// set keeps the first value of a name.
func set(r map[string]any, key string, v any) {
	if _, taken := r[key]; !taken && key != "" && v != "" && len(r) < maxFields {
		r[key] = v
	}
}
