package understand

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
	"github.com/bangwo/bangwo/internal/money"
)

// goal is one thing wanted of one service, as read from the words.
type goal struct {
	id      string
	pieces  []piece
	text    string
	service int // in the index; -1 when none fits
	match   match
	rivals  []match         // other services that fit nearly as well
	others  []match         // the best few, to be shown
	fits    int             // how many services fit; 0 where they were not compared
	by      catalog.Chooser // who chose the service, where not the ranking
	items   []item
	from    string // places as said, "" when not
	to      string
	at      string
	moment  lexicon.Moment
	timed   bool
	when    when
	people  int // a party; 0 when nobody was counted
	cities  journey
	prefer  string // "nearest", "cheapest", "best", "fastest"
	near    bool
	max     *money.Amount
	ordinal int
	avoid   []string // what must not be taken
	whole   string   // the words before anything was taken out
	message string   // to be written on a card or told the merchant
	given   bool     // its service is known from before
	asks    bool     // it asks for information rather than for an order
	asked   bool     // some piece of it asks for something
	facts   *facts
	told    []fact // details that were given
	said    string // the words as people read them
	masked  string // with a sign for each detail
	end     string // the capability that another engine chose, see Guide
	guided  []GuidedItem
}

// item is one kind of thing wanted, with how many.
type item struct {
	text    string // its words, options and all
	count   int    // 0: not said
	measure string
}

// setOff is how a piece is set off from the one before.
type setOff int

const (
	byStop  setOff = iota // by a comma, a full stop or nothing: it may go on with what was said
	bySplit               // by "by the way", 再帮我 and the like: something further
	byJoin                // by "and" only
)

var (
	zhFromTo  = regexp.MustCompile(`从(.+?)(?:出发|动身|搬|运|拉|送|寄)?(?:,|去|到|前往|飞往|飞|开往|至)(.+)`)
	zhPair    = regexp.MustCompile(`^(\p{Han}{2,8}?)(?:到|至|飞)(\p{Han}{2,12})`)
	mixPair   = regexp.MustCompile(`^([a-z][a-z' -]{1,30}?) ?(?:到|至|飞) ?([a-z][a-z' -]{1,30}|\p{Han}{2,12})|^(\p{Han}{2,8}?) ?(?:到|至|飞) ?([a-z][a-z' -]{1,30})`)
	enPair    = regexp.MustCompile(`^([a-z][a-z'-]+(?: [a-z'-]+)?) (?:to|->|-+>|→) ([a-z][a-z'-]+(?: [a-z'-]+)?)`)
	countLead = regexp.MustCompile(`^(?:[\d一二两三四五六七八九十几]+ ?(?:张|个|位|人|程|趟|份)?|one|two|three|four|five|six|a|an|the) ?(?:的|of )?`)
	delivers  = regexp.MustCompile(`[送寄]|deliver|send`)
	zhTo      = regexp.MustCompile(`(?:送到|送去|送至|寄到|寄往|去往|前往|飞往|开往|去|到|回)(.+)`)
	zhFrom    = regexp.MustCompile(`(?:从|在)(.+?)(?:出发|上车|接我|来接|接)`)
	zhShop    = regexp.MustCompile(`(?:在|到|去)([^,]{1,20}?)(?:那家|门)?店(?:里)?(?:自提|取|拿|订|点|买|叫|吃|喝)`)
	zhAt      = regexp.MustCompile(`在(.+?)(?:订|点|买|叫|约|吃|取|下单|的店|店|门店|,|$)`)
	zhStay    = regexp.MustCompile(`(?:^|[今明后]天|[今明]?晚|,)\s*住(?:在|到)?([^,一二两三四五六七八九十几\d晚天进人]{2,10}?)(?:附近|那边)?(?:,|$)`)
	enFromTo  = regexp.MustCompile(`\bfrom (.+?) to (.+)`)
	enTo      = regexp.MustCompile(`\b(?:to be delivered to|delivered to|deliver to|deliver it to|deliver them to|sent to|send it to|going to|go to|get to|heading to|head to|to) (.+)`)
	enHome    = regexp.MustCompile(`\b(?:go |get |take me |bring me |ride )(home)\b`)
	enFrom    = regexp.MustCompile(`\bfrom (.+)`)
	enAt      = regexp.MustCompile(`\b(?:at|near) (?:the )?([a-z].+)`)
	writes    = regexp.MustCompile(`(?:(?:贺卡|卡片|卡|备注|留言|附言|蛋糕)(?:上|里)?(?:面)?(?:写着|写上|写|内容|是|说|:)+|写上|写着|刻上|刻字)[\s:「“"]*([^」”"]+?)[」”"]?$|(?:备注|留言|附言)(?:一下|下)[\s:]*(.+)$|^(?:请|麻烦|帮我?|再)?(?:备注|留言|附言)[\s:]*(.+)$|\b(?:write|writing|engrave|saying|that says)[\s:]+[“"']([^”"]+)[”"']|\b(?:with a )?(?:card|note|message)(?: that)? (?:saying|says|reading|reads|:)\s*(.+)$`)
	placeEnd  = regexp.MustCompile(`\s*(?:,|的|自提|取|拿|订|预订|点一|买|叫|然后|顺便|可以|好吗|\b(?:at|by|before|around|in|on|tomorrow|today|tonight|next|this|for|and|then|please|with|right now|now|as soon|asap)\b).*$`)
	verbTail  = regexp.MustCompile(`^(?:be |order|book|buy|get|reserve|have|see|make|send|pick|find|know|eat|drink|go\b|take|try)`)
)

// tells has the merchant told something: 跟店里说一声我要裸粉色, "tell the baker to slice it".
var tells = regexp.MustCompile(`^(?:再|请|麻烦|帮我?|顺便|记得)*(?:跟|和|告诉|提醒|转告|嘱咐|叮嘱|让|叫)(?:一下)?(?:店里|店家|店员|商家|卖家|老板娘?|师傅|厨师|骑手|快递员|前台|司机|技师)(?:说|讲|提)?(?:一声|一下)?[,:]?\s*(.{2,})$|^(?:please |and |also |just )*(?:tell|ask|remind|let) (?:the )?(?:shop|store|baker|chef|cook|kitchen|driver|courier|rider|seller|staff|barista|florist|stylist|merchant|restaurant|front desk|them)(?: know)?(?: that| to)? (.{3,})$`)

// read finds what the words of the goal say beyond what is wanted.
func (g *goal) read(now time.Time) {
	g.readFacts()
	g.text = joined(g.pieces)
	g.whole = g.text
	s := g.text
	g.asks = slices.ContainsFunc(g.pieces, func(p piece) bool { return has("ask", p.text) && !instructs(p.text) })
	g.ordinal = lexicon.Ordinal(withoutTimes(s, now))
	g.readWhen(s, now)
	g.people, _ = readPeople(s)
	g.cities = readJourney(withoutTimes(s, now))
	for prefer, kind := range map[string]string{"cheapest": "cheap", "best": "best", "fastest": "fast"} {
		if has(kind, s) && (prefer != "fastest" || g.prefer == "") {
			g.prefer = prefer
		}
	}
	g.near = has("near", s)
	g.max, _, _ = moneyLimit(s)
	g.readExceptions()
	g.dropAnyWill()
	for i := range g.pieces {
		m := writes.FindStringSubmatch(g.pieces[i].text)
		if m == nil && !instructs(g.pieces[i].text) {
			m = tells.FindStringSubmatch(strings.Trim(g.pieces[i].text, " ,.!。！"))
		}
		if m != nil {
			g.message = g.facts.open(strings.TrimSpace(strings.Join(m[1:], "")))
			g.pieces[i].text = strings.Replace(g.pieces[i].text, m[0], "", 1)
		}
		if !instructs(g.pieces[i].text) {
			g.places(g.pieces[i].text, now)
		}
	}
	g.openPlaces()
}

// anyWill tells that somebody or something in particular is not wanted: any technician is fine, 哪位师傅都行.
var anyWill = regexp.MustCompile(`\bany [a-z]+(?: [a-z]+)? (?:is|are|would be|will be)(?: all| totally| perfectly| just)? (?:fine|ok|okay|good|great|alright)\b|\bany [a-z]+(?: [a-z]+)? (?:will|would) do\b|\b(?:whoever|whichever|whatever) is (?:free|available|fine|open)\b|(?:随便)?(?:哪一?[个位家款种]|谁|任何一?[个位家款种])[^,，。;；]{0,6}都(?:行|可以|好|成|没问题)|\p{Han}{2,4}不限`)

// dropAnyWill takes such words out: they name nothing.
func (g *goal) dropAnyWill() {
	for i := range g.pieces {
		g.pieces[i].text = strings.TrimSpace(anyWill.ReplaceAllString(g.pieces[i].text, " "))
	}
}

var excepts = regexp.MustCompile(`(?:除了?|除开|除去)(.{1,16}?)(?:以外|之外|外|,|$)|\b(?:except(?: for)?|apart from|other than|excluding|but not) (?:the |for )?([a-z][a-z ]{1,30}?)(?:,|\.|$)`)

// readExceptions takes out what the words except: it must not be taken, whatever names it.
func (g *goal) readExceptions() {
	for i := range g.pieces {
		for _, m := range excepts.FindAllStringSubmatch(g.pieces[i].text, 4) {
			if w := strings.TrimSpace(m[1] + m[2]); w != "" {
				g.avoid = append(g.avoid, w)
				g.pieces[i].text = strings.Replace(g.pieces[i].text, m[0], " ", 1)
			}
		}
	}
	if len(g.avoid) > 0 {
		g.text = joined(g.pieces)
	}
}

// places reads from, to and at from one piece.
func (g *goal) places(s string, now time.Time) {
	s = withoutLimit(s)
	s = strings.TrimSpace(withoutTimes(s, now))
	set := func(dst *string, v string) {
		if v = cleanPlace(v); *dst == "" && v != "" {
			*dst = v
		}
	}
	if m := zhShop.FindStringSubmatch(s); m != nil {
		set(&g.at, m[1])
		s = strings.Replace(s, m[0], " ", 1)
	}
	for _, re := range []*regexp.Regexp{zhFromTo, enFromTo} {
		if m := re.FindStringSubmatch(s); m != nil {
			set(&g.from, m[1])
			set(&g.to, m[2])
		}
	}
	if m := zhPair.FindStringSubmatch(bare(s)); m != nil && g.from == "" && g.to == "" && len(lexicon.Numbers(m[1])) == 0 && !delivers.MatchString(s) {
		set(&g.from, m[1])
		set(&g.to, m[2])
	}
	if g.from == "" && g.to == "" && !delivers.MatchString(s) {
		lead := bare(strings.TrimLeft(countLead.ReplaceAllString(bare(s), ""), " "))
		for _, re := range []*regexp.Regexp{zhPair, mixPair, enPair} {
			m := re.FindStringSubmatch(lead)
			if m == nil || opensWithVerb(m[1]) || commonPair(m[1]) {
				continue
			}
			for i := 1; i+1 < len(m); i += 2 {
				set(&g.from, m[i])
				set(&g.to, m[i+1])
			}
		}
	}
	for _, re := range []*regexp.Regexp{zhFrom, enFrom} {
		if m := re.FindStringSubmatch(s); m != nil {
			set(&g.from, m[1])
		}
	}
	for _, re := range []*regexp.Regexp{enHome, zhTo, enTo} {
		if m := re.FindStringSubmatch(s); m != nil && !verbTail.MatchString(m[1]) && !opensWithVerb(m[1]) && !outing(m[1]) {
			set(&g.to, m[1])
		}
	}
	for _, re := range []*regexp.Regexp{zhStay, zhAt, enAt} {
		if m := re.FindStringSubmatch(s); m != nil {
			set(&g.at, m[1])
		}
	}
}

// commonPair tells that the words before "to" are no place: all of them are words that everything is said with, or things ("food
// to my office").
func commonPair(s string) bool {
	if len(lexicon.Cities(s)) > 0 {
		return false
	}
	for _, t := range lexicon.Tokens(s) {
		if t.Concept != "" || commonWord[t.Text] || isFiller(t.Text) {
			return true
		}
	}
	return len(lexicon.Numbers(s)) > 0 || !lexicon.HasHan(s) && inDictionary(s)
}

// inDictionary tells that all words of an English text are common words.
func inDictionary(s string) bool {
	for _, w := range strings.Fields(s) {
		if !slices.ContainsFunc(lexicon.Bridge(w), func(sp lexicon.Span) bool { return len(sp.Others) > 0 }) {
			return false
		}
	}
	return true
}

// opensWithVerb tells that Latin words begin with a verb: "to rent a car" goes nowhere.
func opensWithVerb(s string) bool {
	ts := lexicon.Tokens(s)
	return len(ts) > 0 && !ts[0].Han && strings.HasPrefix(ts[0].Concept, "v.")
}

// outing tells that what is gone to is something that is done there (去唱歌, 去做个采耳), not the place.
func outing(s string) bool {
	return slices.ContainsFunc(phrases()["outing"], func(p string) bool { return strings.HasPrefix(s, p) })
}

// placesIn is what a text says of places.
func placesIn(text string) string { return placed.get(text) }

var placed = readAgain(func(text string) string {
	g := &goal{}
	g.places(lexicon.Fold(text), time.Time{})
	return strings.Join([]string{g.from, g.to, g.at}, " ")
})

// bare drops the words before a bare pair of places: politeness, questions and verbs.
func bare(s string) string {
	for _, kind := range []string{"polite", "ask"} {
		s = blank(kind, s)
	}
	s = strings.TrimSpace(s)
	for _, t := range lexicon.Tokens(s) {
		if strings.HasPrefix(t.Concept, "v.") || isFiller(t.Text) {
			s = strings.TrimSpace(strings.TrimPrefix(s, t.Text))
			continue
		}
		break
	}
	return s
}

// landmark is the place without the city in front of it and without the verb that follows it: 上海外滩 is 外滩 in
// Shanghai, 西安定个酒 is nowhere in Xi'an. A city alone stays.
func landmark(v string) string {
	v = lexicon.Fold(v)
	cs := lexicon.Cities(v)
	if len(cs) == 0 || cs[0].Start > 0 || strings.HasPrefix(v[cs[0].End:], "站") || strings.HasPrefix(v[cs[0].End:], "南站") || strings.HasPrefix(v[cs[0].End:], "机场") || strings.ContainsAny(v, "0123456789路街号") || !lexicon.HasHan(v) {
		return v
	}
	rest := strings.TrimSpace(v[cs[0].End:])
	for _, t := range lexicon.Tokens(rest) {
		if strings.HasPrefix(t.Concept, "v.") {
			rest = strings.TrimSpace(lexicon.Fold(rest)[:t.Start])
			break
		}
	}
	if rest == "" {
		return v[:cs[0].End]
	}
	return v
}

// maxPlace bounds the characters of a place as said.
const maxPlace = 40

func cleanPlace(v string) string {
	v = landmark(v)
	v = placeEnd.ReplaceAllString(strings.TrimSpace(v), "")
	for _, kind := range []string{"near", "polite", "cheap", "best", "fast"} {
		v = blank(kind, v)
	}
	v = strings.Trim(v, " ,.的吧了呢啊呀那里边")
	for _, article := range []string{"the ", "my ", "a "} {
		if article != "my " || lexicon.Concept(v) == "" {
			v = strings.TrimPrefix(v, article)
		}
	}
	if lexicon.Runes(v) > maxPlace || len(lexicon.Numbers(v)) > 0 && lexicon.Runes(v) < 2 {
		return ""
	}
	return v
}
