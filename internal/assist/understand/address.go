package understand

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/lexicon"
)

var (
	// houseForm is a road or village with the number of a house: what an address cannot be mistaken by.
	houseForm = regexp.MustCompile(`(?:路|街|大道|道|巷|弄|胡同|条|里|村|镇|屯|坊)\s?[甲乙丙]?(?:\d+|[一二三四五六七八九十百零〇]+)(?:-\d+)?\s?(?:号院|号楼|号|弄)|(?:小区|花园|家园|苑|园|公寓|新村|大厦|广场|社区|校区)\s?\d+\s?(?:号楼|号院|栋|幢|座|单元|楼|层)`)
	// districtForm is a district or county behind a city, with what follows it.
	districtForm = regexp.MustCompile(`^市?\s?\p{Han}{1,6}?(?:新区|区|县|镇|街道)[\p{Han}a-z0-9-]{0,24}(?:大厦|广场|小区|花园|中心|公寓|大楼|家园|新村|校区|大学|学院|学校|医院|商场|写字楼|产业园|科技园|软件园|创业园|国际|苑|园|村|路|街|道|楼|座|号|soho|mall|city)`)
	// partForm is what may follow a house number: buildings, floors, rooms.
	partForm = regexp.MustCompile(`^\s?(?:(?:[a-z]?\d+(?:-\d+)?[a-z]?|[a-z]|[一二三四五六七八九十]+|[甲乙丙丁东西南北])\s?(?:号楼|号院|栋|幢|座|单元|楼|层|室|房|号|门|弄|期|区|户)|[\p{Han}a-z]{2,12}?(?:大厦|广场|小区|花园|中心|公寓|大楼|家园|新村|校区|医院|学校|大学|商场|写字楼|产业园|科技园|软件园|国际|苑|院|园|城|[东南西北]区))`)
	// towerForm is a tower of a building: 望京SOHO T1.
	towerForm  = regexp.MustCompile(`^\s?t\d{1,2}(?:号?楼|座|栋)?`)
	roomForm   = regexp.MustCompile(`^ ?[a-z]?\d{2,5}(?:-\d{1,4})?(?:室|房)?`)
	measures   = regexp.MustCompile(`^\s?(?:公斤|千克|斤|克|kg|件|个|箱|点|[:.]\d|元|块|月|日|号|份|包|袋|只|瓶|人|位|分|小时)`)
	provinceAt = regexp.MustCompile(`(?:\p{Han}{2,3}省|内蒙古(?:自治区)?|广西(?:壮族)?(?:自治区)?|西藏(?:自治区)?|宁夏(?:回族)?(?:自治区)?|新疆(?:维吾尔)?(?:自治区)?)$`)
	leadForm   = regexp.MustCompile(`(?:送货|派送|配送|快递|到|至|往|给|在|去|址|是|寄|送|:)`)
	looseLead  = regexp.MustCompile(`^(?:从|回|来|的|我|帮|上门|住)`)
	westForm   = regexp.MustCompile(`\b(?:(?:room|rm|apt|apartment|unit|flat|suite|floor|building|bldg|block)\.? ?#?[a-z0-9-]+,? ?)*(?:no\.? ?)?\d+[a-z]?(?:-\d+)?,? (?:[a-z']+ ){1,4}?(?:road|rd|street|st|avenue|ave|lane|ln|drive|boulevard|blvd|hutong|lu|jie|highway|alley|terrace)\b\.?(?:,? (?:east|west|north|south))?(?:,? ?(?:room|rm|apt|apartment|unit|flat|suite|floor|building|bldg|block)\.? ?#?[a-z0-9-]+)*`)
	westTail   = regexp.MustCompile(`^,? ?([a-z' ]{2,30} district|[a-z' ]{2,20} city|china|\d{6})\b`)
	betweens   = regexp.MustCompile(`\b(?:to|from|at|in|on|for|of|pm|am|kg|and|by|parcels?|boxes|please)\b`)
	cityTail   = regexp.MustCompile(`^[,\s]*`)
	adminEnd   = regexp.MustCompile(`(?:省|市|区|县|镇|乡|街道|自治州)\s?$`)
	clauseRun  = regexp.MustCompile(`[^,;。!?:\x01-\x08]+`)
)

// addresses finds written addresses. They are kept whole: nothing of them is goods, a count or an option.
func (w *factReader) addresses() {
	s := string(w.s)
	for _, m := range houseForm.FindAllStringIndex(s, maxFacts) {
		start := w.addressStart(s, m[0])
		if start < m[0] {
			w.addAddress(start, addressEnd(s, m[1]))
		}
	}
	s = string(w.s)
	for _, c := range lexicon.Cities(s) {
		if m := districtForm.FindStringIndex(s[c.End:]); m != nil && c.End <= len(s) {
			start := c.Start
			if p := provinceAt.FindStringIndex(s[:start]); p != nil {
				start = p[0]
			}
			w.addAddress(start, addressEnd(s, c.End+m[1]))
		}
	}
	for from := 0; from < len(w.s); {
		s = string(w.s)
		m := westForm.FindStringIndex(s[from:])
		if m == nil {
			break
		}
		i, j := from+m[0], from+m[1]
		if betweens.MatchString(s[i:j]) || measures.MatchString(strings.TrimLeft(s[i:j], "0123456789")) {
			from = i + strings.IndexAny(s[i:]+" ", " ") + 1
			continue
		}
		j = westEnd(s, j)
		w.addAddress(i, j)
		from = j
	}
	w.toldAddresses()
}

// toldAddress is what follows the word for an address, to the end of the clause.
func (w *factReader) toldAddresses() {
	s := string(w.s)
	for _, m := range namings().address.FindAllStringIndex(s, maxFacts) {
		run := clauseRun.FindString(s[m[1]:])
		if !strings.HasPrefix(s[m[1]:], run) || lexicon.Runes(run) < 4 || !addressLike(run) {
			continue
		}
		w.addAddress(m[1], m[1]+len(strings.TrimRight(run, " ")))
	}
}

var addressLike1 = regexp.MustCompile(`\d|[省市区县镇村路街苑园楼座室]|大厦|广场|中心|酒店|学校|医院|公寓|\b(?:road|street|avenue|building|tower|plaza|mall|park)\b`)

// addressLike tells that words have something of an address in them, and nothing of the person's own places.
func addressLike(s string) bool {
	if !addressLike1.MatchString(s) {
		return false
	}
	return !slices.ContainsFunc(lexicon.Tokens(s), func(t lexicon.Token) bool { return t.Concept == "home" || t.Concept == "work" })
}

func (w *factReader) addAddress(i, j int) {
	start := w.labelled("address", i)
	w.add(factAddress, start, j, i, j, w.original(i, j))
}

// addressStart is where an address begins whose road ends at a place: at the first city or province that is named before
// it, else after the word that leads to it.
func (w *factReader) addressStart(s string, road int) int {
	run := road
	for run > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:run])
		if !lexicon.IsHan(r) && !(r >= '0' && r <= '9') && !(r == ' ' && adminEnd.MatchString(s[:run])) {
			break
		}
		run -= n
	}
	if leads := leadForm.FindAllStringIndex(s[run:road], -1); len(leads) > 0 {
		run += leads[len(leads)-1][1]
	}
	if cs := lexicon.Cities(s[run:road]); len(cs) > 0 {
		at := run + indexFrom(s[run:road], cs[0])
		if m := provinceAt.FindStringIndex(s[run:at]); m != nil {
			return run + m[0]
		}
		return at
	}
	for {
		if m := looseLead.FindStringIndex(s[run:road]); m != nil && run+m[1] < road {
			run += m[1]
			continue
		}
		ts := lexicon.Tokens(s[run:road])
		if len(ts) > 1 && ts[0].Start == 0 && (strings.HasPrefix(ts[0].Concept, "v.") || ts[0].Concept == "onsite" || ts[0].Concept == "person") {
			run += ts[0].End
			continue
		}
		return run + len(s[run:road]) - len(strings.TrimLeft(s[run:road], " "))
	}
}

// indexFrom is where a city stands in a text that may begin with a space.
func indexFrom(s string, c lexicon.City) int {
	return c.Start + len(s) - len(strings.TrimLeft(s, " "))
}

// addressEnd goes on from the house number to the building, the floor and the room.
func addressEnd(s string, at int) int {
	if t := towerForm.FindString(s[at:]); t != "" && !strings.HasSuffix(s[:at], "号") {
		at += len(t)
	}
	for {
		m := partForm.FindStringIndex(s[at:])
		if m == nil || strings.ContainsAny(s[at:at+m[1]], "去到送来从在给寄买订点要和帮") {
			break
		}
		at += m[1]
		if t := towerForm.FindString(s[at:]); t != "" && !strings.HasSuffix(s[:at], "号") {
			at += len(t)
		}
	}
	if m := roomForm.FindStringIndex(s[at:]); m != nil && !measures.MatchString(s[at+m[1]:]) && (s[at] != ' ' || strings.HasSuffix(s[:at], "楼") || strings.HasSuffix(s[:at], "座") || strings.HasSuffix(s[:at], "单元") || strings.HasSuffix(s[:at], "栋")) {
		if next := s[at+m[1]:]; next == "" || next[0] < '0' || next[0] > '9' {
			at += m[1]
		}
	}
	return at
}

// westEnd takes the district, the city and the post code that follow an address into it.
func westEnd(s string, at int) int {
	for {
		rest := s[at:]
		if m := westTail.FindStringIndex(rest); m != nil {
			at += m[1]
			continue
		}
		lead := len(cityTail.FindString(rest))
		cs := lexicon.Cities(rest[lead:])
		if len(cs) == 0 || cs[0].Start != 0 || lead == 0 {
			return at
		}
		after := strings.TrimLeft(rest[lead+cs[0].End:], " ")
		if after != "" && !strings.Contains(rest[:lead], ",") && !strings.ContainsRune(",.;。!?", rune(after[0])) && after[0] >= ' ' {
			return at
		}
		at += lead + cs[0].End
	}
}

// splitAddress takes a Chinese address apart: province, city, district and the rest.
func splitAddress(s string) (province, city, district, rest string) {
	m := adminForm.FindStringSubmatch(s)
	if m == nil {
		return "", "", "", s
	}
	province, city, district, rest = m[1], m[2], m[3], strings.TrimSpace(m[4])
	if city == "" {
		if cs := lexicon.Cities(s); len(cs) > 0 && cs[0].Start == 0 {
			city = cs[0].Chinese
		}
	}
	return province, city, district, rest
}

var adminForm = regexp.MustCompile(`^(\p{Han}{2,3}省|内蒙古自治区|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区)?\s?(\p{Han}{2,6}?(?:市|自治州|地区|盟))?\s?(\p{Han}{1,6}?(?:新区|区|县|旗|市))?\s?(.+)$`)
