package understand

import (
	"regexp"
	"slices"
	"strings"

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
	case r == roleAddress || last == "address" || last == "address1" || last == "addr" || inside && last == "location" || strings.Contains(head, "地址"):
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

// taken keeps the services that take a car's plate, where the words give one and any of those that fit does.
func (f *facts) taken(ix *index, text string, ms []match) []match {
	if !slices.ContainsFunc(f.in(text), func(one fact) bool { return one.kind == factPlate }) {
		return ms
	}
	takes := func(m match) bool {
		return slices.ContainsFunc(ix.services[m.service].Capabilities, func(c catalog.Capability) bool {
			return slices.ContainsFunc(c.Input.Properties, func(p catalog.Property) bool { return plateInput.MatchString(inputWords(p)) })
		})
	}
	if !slices.ContainsFunc(ms, takes) {
		return ms
	}
	return slices.DeleteFunc(ms, func(m match) bool { return !takes(m) })
}
