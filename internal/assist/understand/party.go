package understand

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// part is which detail of somebody an input asks for.
type part byte

const (
	partNone part = iota
	partName
	partPhone
	partAddress
	partProvince
	partCity
	partDistrict
	partStreet // what an address has beside province, city and district
)

var (
	receiving = []string{"receiver", "recipient", "consignee", "addressee", "to", "receive", "receiving", "dest", "destination"}
	sendings  = []string{"sender", "shipper", "consignor", "from", "send", "sending", "origin", "pickup"}
	zhReceive = regexp.MustCompile(`收件|收货|收方|收花|收礼|接收|取餐人`)
	zhSend    = regexp.MustCompile(`寄件|寄方|发件|发货|取件`)
)

// sideOf is whose an input is by its own name, title and first words.
func sideOf(name string, s *catalog.Schema) party {
	ws := strings.Fields(strings.ToLower(words(name)))
	head := headOf(s.Description)
	switch {
	case anyOf(receiving, ws):
		return partyReceiver
	case anyOf(sendings, ws):
		return partySender
	case zhReceive.MatchString(s.Title + head):
		return partyReceiver
	case zhSend.MatchString(s.Title + head):
		return partySender
	}
	return partyNone
}

// partyOf is whose detail an input of a capability is: by the object that it stands in, else by itself.
func partyOf(c catalog.Capability, at string) party {
	s, found := c.Input, partyNone
	for _, name := range strings.Split(at, ".") {
		if i := strings.IndexByte(name, '['); i >= 0 {
			name = name[:i]
		}
		sub, ok := s.Property(name)
		if !ok {
			return found
		}
		if p := sideOf(name, sub); p != partyNone {
			return p
		}
		if s = sub; s.Items != nil {
			s = s.Items
		}
	}
	return found
}

// partOf is which detail an input asks for; inside says that it stands in an object about somebody.
func partOf(p catalog.Property, inside bool) part {
	ws := strings.Fields(strings.ToLower(words(p.Name)))
	last := ""
	if len(ws) > 0 {
		last = ws[len(ws)-1]
	}
	head := lexicon.Fold(p.Schema.Title + " " + headOf(p.Schema.Description))
	r := roleOf(p.Name, p.Schema, false)
	switch {
	case r == roleTime || len(p.Schema.Enum) > 0:
		return partNone
	case r == rolePhone || anyOf([]string{"phone", "mobile", "tel", "telephone", "cellphone"}, ws) || inside && strings.Contains(head, "电话"):
		return partPhone
	case last == "city" || strings.Contains(head, "城市") || head == "市":
		return partCity
	case last == "province" || last == "state" && inside || strings.Contains(head, "省份") || strings.TrimSpace(head) == "省":
		return partProvince
	case last == "district" || last == "county" || strings.Contains(head, "区县") || strings.TrimSpace(head) == "区":
		return partDistrict
	case anyOf([]string{"street", "detail", "line1"}, ws) && inside:
		return partStreet
	case r == roleAddress || last == "address" || last == "addr" || inside && last == "location" || strings.Contains(head, "地址"):
		return partAddress
	case r == roleName || last == "name" && (inside || len(ws) > 1 && sideOf(p.Name, p.Schema) != partyNone) || inside && strings.Contains(head, "姓名"):
		return partName
	}
	return partNone
}

// carrying is what a capability carries between: whether it asks for the one who gets something, and for the one who sends it.
func carrying(c catalog.Capability) (receives, sends bool) {
	var walk func(s *catalog.Schema, at string, depth int)
	walk = func(s *catalog.Schema, at string, depth int) {
		if s == nil || depth > 2 {
			return
		}
		for _, p := range s.Properties {
			here := at + p.Name
			switch of := partyOf(c, here); {
			case len(p.Schema.Properties) > 0:
				walk(p.Schema, here+".", depth+1)
			case of == partyReceiver && slices.Contains([]part{partName, partPhone}, partOf(p, depth > 0)):
				receives = true
			case of == partySender && partOf(p, depth > 0) != partNone:
				sends = true
			}
		}
	}
	walk(c.Input, "", 0)
	return receives, sends
}

// partyInput fills an input about the one who gets something or the one who sends it; done is false for any other input.
func (b *builder) partyInput(c catalog.Capability, at string, p catalog.Property) (a plan.Arg, ok, done bool) {
	of := partyOf(c, at)
	receives, sends := carrying(c)
	if of == partyNone || !receives || len(p.Schema.Enum) > 0 {
		return plan.Arg{}, false, false
	}
	if len(p.Schema.Properties) > 0 {
		if partOf(p, true) != partAddress {
			return plan.Arg{}, false, false
		}
		a, ok = b.addressParts(c, at, p, of)
		return a, ok, ok || sends
	}
	if !p.Schema.Is("string") {
		return plan.Arg{}, false, false
	}
	switch k := partOf(p, strings.Contains(at, ".")); k {
	case partName, partPhone:
		a, ok = b.who(c, at, p, k, of, sends)
		return a, ok, true
	case partNone:
		return plan.Arg{}, false, false
	default:
		return b.where(c, at, p, k, of, sends)
	}
}

// who fills a name or a number of one of the two sides.
func (b *builder) who(c catalog.Capability, at string, p catalog.Property, k part, of party, sends bool) (plan.Arg, bool) {
	kind := factName
	if k == partPhone {
		kind = factPhone
	}
	if f, ok := b.detail(kind, of, p.Schema); ok {
		return value(clipTo(p.Schema, f.value), "said"), true
	}
	if !p.Required {
		return plan.Arg{}, false
	}
	_, named := b.detail(factName, partyReceiver, nil)
	if of == partyReceiver && (sends || named) {
		b.askOf(c, at, p, k, of)
		return plan.Arg{}, false
	}
	return b.own(c, at, p, k)
}

// own fills the person's own name or number, with consent.
func (b *builder) own(c catalog.Capability, at string, p catalog.Property, k part) (plan.Arg, bool) {
	have, what := b.req.Profile.Name, "name"
	if k == partPhone {
		have, what = b.req.Profile.Phone, "phone"
	}
	switch {
	case have == "" || !fitsPattern(p.Schema, have) || b.req.Answers[consentKey(c.Service, what)] == "no":
		b.askOf(c, at, p, k, partyOf(c, at))
	case !b.consented(c.Service, what):
		b.askConsent(c, what)
	default:
		return value(have, "profile"), true
	}
	return plan.Arg{}, false
}

// detail finds what the person said of a kind for a side. What is said of nobody in particular is the receiver's.
func (b *builder) detail(kind factKind, of party, s *catalog.Schema) (fact, bool) {
	for _, f := range b.goal.told {
		whose := f.party
		if whose == partyNone {
			whose = partyReceiver
		}
		if whose == partySelf {
			whose = partySender
		}
		if f.kind == kind && whose == of && fitsPattern(s, f.value) {
			return f, true
		}
	}
	return fact{}, false
}

// where fills an address of one of the two sides, or a part of it. done is false where the person's own address may serve.
func (b *builder) where(c catalog.Capability, at string, p catalog.Property, k part, of party, sends bool) (plan.Arg, bool, bool) {
	v, from := b.addressOf(of)
	if k == partCity {
		if city := b.cityOf(of, v); city != "" {
			return value(city, "said"), true, true
		}
	} else if v != "" {
		if piece := addressPart(k, v); piece != "" {
			return value(clipTo(p.Schema, piece), from), true, true
		}
	}
	if !sends || k == partCity && v == "" {
		return plan.Arg{}, false, false
	}
	if p.Required {
		b.askOf(c, at, p, k, of)
	}
	return plan.Arg{}, false, true
}

// addressOf is the address of a side: the one that was written out, the person's own that the words name for it, or the
// place that something is sent to. A city alone is no address.
func (b *builder) addressOf(of party) (string, string) {
	if f, ok := b.detail(factAddress, of, nil); ok {
		return f.value, "said"
	}
	to, from := b.ownPlaces()
	own := to
	if of == partySender {
		own = from
	}
	if a, ok := b.addressNamed(own); ok && own != "" {
		return a.Detail, "said"
	}
	if own != "" || of == partySender && b.goal.from == "" {
		return "", ""
	}
	said := b.goal.to
	if of == partySender {
		said = b.goal.from
	}
	if _, mine := b.addressNamed(said); mine || said == "" || len(lexicon.Cities(said)) > 0 && !addressLike1.MatchString(said) || onlyCity(said) || !addressLike(said) {
		return "", ""
	}
	return said, "said"
}

// cityOf is the city of a side: of its address, of the words beside the name, or the one that is gone to.
func (b *builder) cityOf(of party, address string) string {
	if cs := lexicon.Cities(address); len(cs) > 0 {
		return cs[0].In(b.serviceLang())
	}
	if f, ok := b.detail(factName, of, nil); ok && f.city != "" {
		return f.city
	}
	return ""
}

func addressPart(k part, v string) string {
	province, city, district, rest := splitAddress(v)
	switch k {
	case partProvince:
		return province
	case partCity:
		return city
	case partDistrict:
		return district
	case partStreet:
		return rest
	}
	return v
}

// addressParts fills an object that is an address in parts.
func (b *builder) addressParts(c catalog.Capability, at string, p catalog.Property, of party) (plan.Arg, bool) {
	v, from := b.addressOf(of)
	if v == "" {
		return plan.Arg{}, false
	}
	args := map[string]plan.Arg{}
	for _, sub := range p.Schema.Properties {
		k := partOf(sub, true)
		if k == partName || k == partPhone {
			if a, ok := b.who(c, at+"."+sub.Name, sub, k, of, true); ok {
				args[sub.Name] = a
			}
			continue
		}
		if piece := addressPart(k, v); k != partNone && piece != "" {
			args[sub.Name] = value(clipTo(sub.Schema, piece), from)
		} else if sub.Required {
			b.askOf(c, at+"."+sub.Name, sub, k, of)
		}
	}
	return plan.Arg{Object: args}, len(args) > 0
}

var (
	fetched  = regexp.MustCompile(`^(?:里|的|那边|这边)?(?:门口)?(?:来|上门)?(?:取|寄|拿|收|揽|发货|发件)`)
	bringsTo = regexp.MustCompile(`(?:到|回|至|往|给|\bto|\bdeliver(?:ed)?)\s?(?:the |my |我|我们)?$`)
	comesFor = regexp.MustCompile(`(?:来|上门到|pick ?up (?:at|from)|collect(?:ed)? (?:at|from)|pickup (?:at|from)|from|从|在)\s?(?:the |my |我|我们)?$`)
)

// ownPlaces are the labels of the person's own places that the words name as where something goes to and comes from.
func (b *builder) ownPlaces() (to, from string) {
	s := lexicon.Fold(withoutMarks(b.goal.masked))
	set := func(i, j int, label string) {
		before, after := s[:i], strings.TrimLeft(s[j:], " ")
		switch {
		case fetched.MatchString(after) || comesFor.MatchString(before) || !bringsTo.MatchString(before):
			if from == "" {
				from = label
			}
		case to == "":
			to = label
		}
	}
	for _, t := range lexicon.Tokens(s) {
		if (t.Concept == "home" || t.Concept == "work") && !othersPlace(s[:t.End]) {
			set(t.Start, t.End, t.Concept)
		}
	}
	for _, a := range b.req.Profile.Addresses {
		label := lexicon.Fold(a.Label)
		if i := indexWord(s, label); lexicon.Runes(label) > 1 && i >= 0 {
			set(i, i+len(label), label)
		}
	}
	return to, from
}

// askOf asks for a detail of a side in everyday words.
func (b *builder) askOf(c catalog.Capability, at string, p catalog.Property, k part, of party) {
	var choices []assist.Choice
	if k == partAddress {
		choices = b.addressChoices()
	}
	b.ask(c, at, p, choices)
	for i := range b.asks {
		if b.asks[i].Key == b.key(c, at) {
			if text := partyQuestion(p, k, of, b.lang); text != "" {
				b.asks[i].Text = text
			}
			b.asks[i].id = false
		}
	}
}

func partyQuestion(p catalog.Property, k part, of party, lang string) string {
	type q struct{ zh, en string }
	who := map[party]q{partyReceiver: {"收件人", "recipient"}, partySender: {"寄件人", "sender"}}[of]
	if strings.Contains(headOf(p.Schema.Description), "收货人") {
		who.zh = "收货人"
	}
	if who.zh == "" {
		return namedQuestion(p, k, lang)
	}
	switch k {
	case partName:
		return tr(lang, who.zh+"怎么称呼？", "What is the "+who.en+"'s name?")
	case partPhone:
		return tr(lang, who.zh+"的电话是多少？", "What is the "+who.en+"'s phone number?")
	case partAddress, partStreet:
		if of == partySender {
			return tr(lang, "从哪里取件？", "Where should it be picked up?")
		}
		return tr(lang, "寄到哪里？请说详细地址", "Which address should it go to?")
	case partCity:
		return tr(lang, "寄到哪个城市？", "Which city does it go to?")
	}
	return ""
}

// fitsPattern tells that a value is one that the schema admits by its pattern and length.
func fitsPattern(s *catalog.Schema, v string) bool {
	if s == nil || s.Pattern == "" {
		return true
	}
	re, err := regexp.Compile(s.Pattern)
	return err != nil || re.MatchString(v)
}

// aboutPerson tells that an object is about somebody: it asks for a name or a number.
func aboutPerson(s *catalog.Schema) bool {
	return slices.ContainsFunc(s.Properties, func(p catalog.Property) bool {
		k := partOf(p, true)
		return k == partPhone || k == partName && slices.ContainsFunc(s.Properties, func(q catalog.Property) bool { return partOf(q, true) == partAddress })
	})
}

// aboutPet tells that an input stands in an object about an animal or a thing.
func aboutPet(c catalog.Capability, at string) bool {
	head, _, nested := strings.Cut(at, ".")
	s, ok := c.Input.Property(head)
	return nested && ok && petInput.MatchString(lexicon.Fold(words(head)+" "+headOf(s.Description)))
}

// saidOf is a name or a number that the words give for an input of no side.
func (b *builder) saidOf(c catalog.Capability, p catalog.Property, kind factKind) (string, bool) {
	receives, _ := carrying(c)
	rank := func(f fact) int {
		switch {
		case f.kind != kind || !fitsPattern(p.Schema, f.value):
			return 0
		case f.party == partySelf || f.party == partySender:
			return 3
		case receives || kind == factName && !beneficiary(p) && hasBeneficiary(c):
			return 0 // it is the other side's
		}
		return 1
	}
	best, v := 0, ""
	for _, f := range b.goal.told {
		if n := rank(f); n > best {
			best, v = n, f.value
		}
	}
	return v, best > 0
}

var beneficiaries = regexp.MustCompile(`就诊人|患者|病人|入住人|住客|乘客|乘车人|乘机人|旅客|学生|学员|参会人|被保人|出行人|游客|观众|孩子|宝宝|\b(?:patient|guest|passenger|student|pupil|travell?er|attendee|child|visitor|participant|insured|holder)\b`)

// beneficiary tells that an input names whom something is for, rather than who orders it.
func beneficiary(p catalog.Property) bool {
	return beneficiaries.MatchString(lexicon.Fold(words(p.Name) + " " + p.Schema.Title + " " + headOf(p.Schema.Description)))
}

func hasBeneficiary(c catalog.Capability) bool {
	return slices.ContainsFunc(c.Input.Properties, func(p catalog.Property) bool {
		return beneficiary(p) && roleOf(p.Name, p.Schema, false) == roleName
	})
}

// isObject tells that a phone number is what the call is about, not how to reach somebody.
func isObject(c catalog.Capability, p catalog.Property) bool {
	if strings.Contains(inputWords(p), "联系") || strings.Contains(inputWords(p), "contact") || partyOf(c, p.Name) != partyNone {
		return false
	}
	return !slices.ContainsFunc(c.Input.Properties, func(q catalog.Property) bool {
		r := roleOf(q.Name, q.Schema, false)
		return r == roleAddress || r == roleTime || r == roleName
	})
}

// carriesAnything tells that the service carries things between people: what they are it need not speak of.
func (b *builder) carriesAnything() bool {
	return slices.ContainsFunc(b.service().Capabilities, func(c catalog.Capability) bool {
		receives, sends := carrying(c)
		return receives && sends && c.Effect != catalog.Read
	})
}

// sameCity tells that an own place which is named with a city in front (上海公司) is the one that the person has there.
func sameCity(text string, t lexicon.Token, a assist.Address) bool {
	for _, c := range lexicon.Cities(text) {
		if c.End == t.Start && !strings.Contains(a.Detail, c.Chinese) && !strings.Contains(lexicon.Fold(a.Detail), lexicon.Fold(c.English)) {
			return false
		}
	}
	return true
}

var nameTail = regexp.MustCompile(`(?:的)?(?:真实)?(?:姓名|名字|名称|称呼)$`)

// namedQuestion asks for the name or number of somebody else by the word that the input has for them: 就诊人, "guest".
func namedQuestion(p catalog.Property, k part, lang string) string {
	if k == partPhone {
		return tr(lang, "手机号是多少？", "What is the phone number?")
	}
	if k != partName {
		return ""
	}
	head := nameTail.ReplaceAllString(strings.TrimSpace(strings.Split(headOf(p.Schema.Description), "/")[0]), "")
	if lang == "zh" {
		if !lexicon.HasHan(head) || lexicon.Runes(head) > 6 {
			head = "对方"
		}
		return head + "怎么称呼？"
	}
	who := strings.TrimSpace(strings.TrimSuffix(strings.ToLower(words(p.Name)), "name"))
	if who == "" {
		return "What is the name?"
	}
	return "What is the " + who + "'s name?"
}

var othersForm = sync.OnceValue(func() *regexp.Regexp {
	rel := anyForm("relative")
	return regexp.MustCompile(`(?:` + rel + `|[他她]们?|别人)(?:的|那边|那)?(?:家里|家|公司|单位|办公室)$|` + rel + `(?:'s?)? (?:home|house|place|office|work)$|\b(?:his|her|their)(?: [a-z]+'s)? (?:home|house|place|office|work)$`)
})

// othersPlace tells that a text ends in somebody else's home or office: 我妈家, "my sister's place".
func othersPlace(s string) bool { return othersForm().MatchString(strings.TrimRight(s, " ,.")) }
