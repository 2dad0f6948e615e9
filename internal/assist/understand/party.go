package understand

import (
	"regexp"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

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
