package understand

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// role is what an input is for, read from its name, format and description.
type role string

const (
	roleID       role = "id"
	roleQuantity role = "quantity"
	roleTo       role = "to"
	roleFrom     role = "from"
	roleTime     role = "time"
	rolePhone    role = "phone"
	roleName     role = "name"
	roleAddress  role = "address"
	roleKeyword  role = "keyword"
	roleLat      role = "latitude"
	roleLng      role = "longitude"
	roleNote     role = "note"
	rolePage     role = "page"
	roleLimit    role = "limit"
	roleCity     role = "city"
	roleMaxPrice role = "max_price"
	roleAt       role = "at"
	roleContent  role = "content" // free words that the call is about: a title, a prompt, a text
	roleOther    role = "other"
)

var roleNames = []struct {
	role  role
	names []string
}{
	{rolePage, []string{"page", "pagenum", "pageno", "pageindex", "offset", "cursor", "pagenumber"}},
	{roleLimit, []string{"limit", "pagesize", "topk", "maxresults", "perpage", "radius", "top"}},
	{roleMaxPrice, []string{"maxprice", "pricemax", "budget", "maxamount", "pricelimit"}},
	{roleLat, []string{"lat", "latitude"}},
	{roleLng, []string{"lng", "lon", "longitude"}},
	{rolePhone, []string{"phone", "mobile", "tel", "telephone", "phonenumber", "contactphone", "receiverphone", "mobilephone"}},
	{roleNote, []string{"note", "notes", "remark", "remarks", "comment", "memo", "message", "cardmessage", "greeting", "greetings", "inscription", "engraving", "cardtext", "caketext", "instructions", "blessing", "reason"}},
	{roleQuantity, []string{"quantity", "qty", "count", "num", "number", "cups", "portions", "pieces", "passengers", "passengercount", "people", "peoplecount", "partysize", "guests", "guestcount", "persons", "adults", "nights", "tickets", "ticketcount", "seats", "copies", "itemcount"}},
	{roleTo, []string{"destination", "dest", "to", "dropoff", "dropoffpoint", "dropoffaddress", "dropoffplace", "dropofflocation", "end", "endpoint", "arrival", "tostation", "tocity", "destinationaddress", "destinationname", "arrivalstation", "arrivalcity", "toplace", "endaddress", "endplace"}},
	{roleFrom, []string{"origin", "from", "pickup", "pickuppoint", "pickupaddress", "pickupplace", "pickuplocation", "start", "startpoint", "fromstation", "fromcity", "departurestation", "departurecity", "originaddress", "originname", "fromplace", "startaddress", "startplace"}},
	{roleTime, []string{"time", "date", "datetime", "when", "departat", "departtime", "departuretime", "departuredate", "departure", "pickuptime", "pickupat", "deliverytime", "deliverydate", "deliverat", "day", "slot", "arriveby", "checkin", "checkout", "checkindate", "checkoutdate", "appointmenttime", "starttime", "startdate", "scheduledat", "reservetime", "bookingtime", "bookingdate"}},
	{roleAddress, []string{"address", "addr", "deliveryaddress", "shippingaddress", "receiveraddress", "detailaddress", "addressdetail", "fulladdress", "address1", "addressline", "addressline1", "streetaddress"}},
	{roleName, []string{"contactname", "receiver", "receivername", "recipient", "recipientname", "customername", "username", "guestname", "passengername", "contact", "consignee", "realname", "patientname"}},
	{roleAt, []string{"place", "location", "area", "near", "nearby", "around", "region", "landmark", "poi", "district", "currentlocation", "userlocation"}},
	{roleCity, []string{"city", "cityname"}},
	{roleContent, []string{"title", "content", "prompt", "body", "topic", "theme", "subject", "question", "task", "todo", "text", "sentence", "description", "desc", "detail", "details", "problem", "issue", "symptom", "symptoms", "complaint", "requirement", "requirements", "demand", "editdescription"}},
	{roleKeyword, []string{"keyword", "keywords", "query", "q", "search", "searchtext", "term", "text", "kw", "searchkeyword", "searchterm"}},
}

var idName = regexp.MustCompile(`(?i)(?:^|_)(?:id|no|code|token|key|sku|ref|handle)s?$|[a-z](?:Id|ID|No|Code|Token|Sku|SKU|Ref)s?$|^(?:id|sku|token)$`)
var fromUpstream = regexp.MustCompile(`(?i)来自|取自|由.{1,20}返回|返回的|接口返回|上一步|上游|returned (?:by|from)|\bfrom (?:the )?[a-z_]+(?:'s)? (?:result|response|output|tool|api|call)|\bobtained (?:from|by|via)|\bas returned\b|\bid (?:from|of)\b`)

// flattener writes a name as one word.
var flattener = strings.NewReplacer("_", "", "-", "")

// roleOf classes an input. service names the capability it belongs to, for inputs called only "name".
func roleOf(name string, s *catalog.Schema, reads bool) role {
	flat := strings.ToLower(flattener.Replace(name))
	if timely(name, s) {
		return roleTime
	}
	if r := sideRole(flat); r != roleOther && s.Is("string") && !coded(s) {
		return r
	}
	if fromUpstream.MatchString(s.Description) && (s.Is("string") || s.Is("integer")) && len(s.Enum) == 0 && !fromPerson.MatchString(s.Description) {
		return roleID
	}
	if side(name) != roleOther && s.Is("string") && coded(s) {
		return roleID
	}
	if idName.MatchString(name) && !strings.HasSuffix(flat, "phoneno") && flat != "postcode" && flat != "zipcode" {
		return roleID
	}
	if s.Is("string") && len(s.Enum) == 0 {
		if r := personRole(name); r != roleOther {
			return r
		}
	}
	for _, r := range roleNames {
		if slices.Contains(r.names, flat) && (r.role != roleTime || s.Is("string")) && (r.role != roleContent || !reads && s.Is("string")) {
			return weakRole(r.role, flat, s, reads)
		}
	}
	if s.Is("integer") && len(s.Types) > 0 && countsThings(flat, s) {
		return roleQuantity
	}
	return describedRole(flat, s, reads)
}

// weakRole lets what an input says of itself decide where its name says little: "detail" of an address, "text" for a district.
func weakRole(r role, flat string, s *catalog.Schema, reads bool) role {
	if !s.Is("string") || r != roleContent && r != roleKeyword {
		return r
	}
	switch d := describedRole(flat, s, reads); d {
	case roleAddress, rolePhone, roleName, roleTime, roleNote:
		return d
	}
	if r == roleKeyword && reads && placeTalk.MatchString(s.Title+" "+s.Description) && !nameTalk.MatchString(s.Title+" "+s.Description) {
		return roleAt
	}
	return r
}

var (
	placeTalk = regexp.MustCompile(`(?i)\b(?:district|landmark|neighbou?rhood|city|airport|station|area|suburb|town)\b|区域|地标|商圈|地点|城市|位置|附近|地名|街道`)
	nameTalk  = regexp.MustCompile(`(?i)\b(?:name|brand|dish|item|product|model|kind|title)s?\b|名称|名字|品牌|商品|菜|型号|关键词|关键字`)
	personOf  = []string{"contact", "receiver", "recipient", "customer", "user", "guest", "passenger", "real", "patient", "full", "driver", "holder", "buyer", "booker", "player", "member", "student", "traveller", "traveler", "attendee", "visitor", "tenant", "client", "owner", "renter", "subscriber", "your"}
)

// personRole is what an input's whole name says of somebody: guest_mobile, full_name.
func personRole(name string) role {
	ws := strings.Fields(strings.ToLower(words(name)))
	if len(ws) < 2 {
		return roleOther
	}
	switch last := ws[len(ws)-1]; {
	case anyOf([]string{"phone", "mobile", "tel", "telephone", "cellphone"}, []string{last}), last == "number" && anyOf([]string{"phone", "mobile", "tel"}, ws):
		return rolePhone
	case last == "name" && anyOf(personOf, ws[:len(ws)-1]):
		return roleName
	}
	return roleOther
}

// coded tells that an input is a code that a person would not say: its pattern or description says so, and where it comes from.
func coded(s *catalog.Schema) bool {
	return len(s.Enum) == 0 && !fromPerson.MatchString(s.Description) && (codePattern.MatchString(s.Pattern) || codeWord.MatchString(s.Description) && fromUpstream.MatchString(s.Description) || codeFrom.MatchString(s.Description))
}

var (
	codePattern = regexp.MustCompile(`^\^?(?:\[A-Z0-9]+\]|\[A-Z\]|[A-Z]|\\d)[\[\]{}+\d,A-Z\\d-]*\$?$`)
	codeWord    = regexp.MustCompile(`(?i)\bcode\b|\bid\b|编码|代码|编号|三字码`)
	codeFrom    = regexp.MustCompile(`(?i)\bfrom [a-z]+(?:_[a-z]+)+\b|来自 ?[a-z]+[A-Z_]\w+`)
)

// sideRole is which end of a journey an input's whole name says, whatever its description adds about where a merchant's
// own model should take it from: what the person said comes first.
func sideRole(flat string) role {
	for _, r := range roleNames {
		if (r.role == roleTo || r.role == roleFrom) && slices.Contains(r.names, flat) {
			return r.role
		}
	}
	return roleOther
}

var fromPerson = regexp.MustCompile(`(?i)用户(?:原话|本轮|说|提供)|来自用户|取值来源：用户|from the user|user's own words|user input`)

func describedRole(flat string, s *catalog.Schema, reads bool) role {
	d := lexicon.Fold(s.Title + " " + s.Description)
	head := d
	if i := strings.IndexAny(head, ",，。（(;；.:："); i > 0 {
		head = head[:i]
	}
	for _, rule := range []struct {
		role  role
		words []string
	}{
		{rolePhone, []string{"手机号", "电话", "phone number"}},
		{roleName, []string{"姓名", "收货人", "联系人", "收件人", "full name", "contact name", "recipient"}},
		{roleTo, []string{"目的地", "终点", "下车点", "到达站", "destination", "drop-off"}},
		{roleFrom, []string{"出发地", "起点", "上车点", "出发站", "origin", "pickup point", "pick-up point"}},
		{roleAddress, []string{"地址", "address"}},
		{roleTime, []string{"日期", "时间", "时刻"}},
		{roleKeyword, []string{"关键词", "关键字", "搜索词", "keyword", "search term", "search query"}},
		{roleQuantity, []string{"数量", "份数", "杯数", "件数", "张数", "人数", "间数", "how many", "number of"}},
		{roleNote, []string{"备注", "留言", "附言", "贺卡内容", "祝福语", "上的字", "刻字"}},
	} {
		for _, w := range rule.words {
			if strings.Contains(head, w) && (rule.role != roleQuantity || s.Is("integer")) && (rule.role == roleQuantity || s.Is("string") || s.Type == "object") {
				return rule.role
			}
		}
	}
	if s.Is("string") && reads && (strings.HasSuffix(flat, "name") || flat == "item" || flat == "product" || flat == "drink" || flat == "dish" || flat == "title") {
		return roleKeyword
	}
	return roleOther
}

// side is which end of a journey (or neither) an input's name is about.
func side(name string) role {
	for _, w := range strings.Fields(strings.ToLower(words(name))) {
		switch w {
		case "destination", "dest", "to", "dropoff", "drop", "end", "arrival":
			return roleTo
		case "origin", "from", "pickup", "start", "departure":
			return roleFrom
		}
	}
	return roleOther
}

// coerce brings a said word to the JSON type that the schema wants.
func coerce(s *catalog.Schema, v string) (any, bool) {
	v = strings.TrimSpace(v)
	switch {
	case len(s.Enum) > 0:
		if found := findEnum("", s, v); len(found) > 0 {
			return found[0].value, true
		}
		for _, e := range s.Enum {
			if fmt.Sprint(e) == v {
				return e, true
			}
		}
		return nil, false
	case s.Is("string"):
		return v, v != ""
	case s.Is("integer") || s.Is("number"):
		f, err := strconv.ParseFloat(v, 64)
		if err != nil {
			ns := lexicon.Numbers(v)
			if len(ns) == 0 {
				return nil, false
			}
			f = ns[0].Value
		}
		return f, s.Is("number") && s.Type != "integer" || f == math.Trunc(f)
	case s.Is("boolean"):
		switch lexicon.Fold(v) {
		case "true", "yes", "是", "要", "好", "可以":
			return true, true
		case "false", "no", "否", "不", "不要", "不用":
			return false, true
		}
	}
	return nil, false
}

// fitNumber keeps a count within the schema's bounds; ok is false when it is beyond them.
func fitNumber(s *catalog.Schema, n int) (any, bool) {
	if s.Minimum != nil && float64(n) < *s.Minimum || s.Maximum != nil && float64(n) > *s.Maximum {
		return nil, false
	}
	if s.Type == "string" {
		return strconv.Itoa(n), true
	}
	return float64(n), true
}
