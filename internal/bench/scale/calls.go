package scale

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"github.com/bangwo/bangwo/internal/catalog"
)

// call is a capability before its words are written.
type call struct {
	names          []string // of which one is taken
	zh, en         []string // what it does; %s is the trade's noun
	effect         catalog.Effect
	inputs         []input
	output         string // JSON Schema
	form           int    // which of the wordings
	withItems      bool   // one of its inputs is one of the trade's things
	perMeasure     bool   // it takes a quantity in the trade's measure
	takesOptions   bool
	optional       bool // not every service has it
	describesItems bool
}

// input is a parameter with its description in both languages.
type input struct {
	names    []string
	schema   string // without the description
	zh, en   string
	required bool
}

const listOf = `{"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{%s"name":{"type":"string"},"price":{"type":"number"}}}}}}`

var (
	anID    = input{[]string{"itemId", "item_id", "id"}, `{"type":"string"}`, "编号，由查询返回", "id, from the search", true}
	keyword = input{[]string{"keyword", "query", "q"}, `{"type":"string"}`, "关键词", "what to look for", false}
	date    = input{[]string{"date", "day"}, `{"type":"string","format":"date"}`, "日期，YYYY-MM-DD", "date, YYYY-MM-DD", true}
	address = input{[]string{"address", "deliverTo"}, `{"type":"string"}`, "收货地址", "where to deliver", true}
	name    = input{[]string{"name", "contactName"}, `{"type":"string"}`, "联系人姓名", "name of the contact", false}
	phone   = input{[]string{"phone", "mobile"}, `{"type":"string"}`, "手机号", "mobile phone number", true}
	number  = input{[]string{"orderId", "order_id"}, `{"type":"string"}`, "订单号", "order number", true}
)

var shapes = map[string][]call{
	"shop": {
		{names: []string{"searchItems", "list_products", "browseMenu"}, zh: []string{"搜索%s的商品，返回编号、名称和价格", "浏览菜单，看有什么可以点"}, en: []string{"Search what there is, with ids, names and prices", "Browse the menu"}, effect: catalog.Read, inputs: []input{keyword}, output: "itemId", describesItems: true},
		{names: []string{"createOrder", "place_order", "submitOrder"}, zh: []string{"下单购买，返回订单号和应付金额", "提交%s订单"}, en: []string{"Place an order; returns its number and amount", "Order for pick-up or delivery"}, effect: catalog.Irreversible, inputs: []input{anID, address}, output: "order", perMeasure: true, takesOptions: true},
		{names: []string{"orderStatus", "track_order"}, zh: []string{"查询订单状态"}, en: []string{"How far an order is"}, effect: catalog.Read, inputs: []input{number}, output: "status"},
		{names: []string{"cancelOrder", "cancel_order"}, zh: []string{"取消订单"}, en: []string{"Cancel an order"}, effect: catalog.Irreversible, inputs: []input{number}, output: "status", optional: true},
	},
	"booking": {
		{names: []string{"listSlots", "available", "searchAvailable"}, zh: []string{"查询可预约的时间和价格", "看%s某天还有什么可约"}, en: []string{"List what can be booked on a day", "Times and prices of a day"}, effect: catalog.Read, inputs: []input{date, keyword}, output: "itemId", describesItems: true},
		{names: []string{"book", "makeReservation", "create_booking"}, zh: []string{"预约%s，返回预约号和金额", "预订并锁定"}, en: []string{"Book it; returns a number and the amount", "Make a reservation"}, effect: catalog.Irreversible, inputs: []input{anID, name, phone}, output: "order", perMeasure: true},
		{names: []string{"cancelBooking", "cancel_booking"}, zh: []string{"取消预约"}, en: []string{"Cancel a booking"}, effect: catalog.Irreversible, inputs: []input{number}, output: "status"},
		{names: []string{"myBookings", "booking_status"}, zh: []string{"查询预约"}, en: []string{"Look up a booking"}, effect: catalog.Read, inputs: []input{number}, output: "status", optional: true},
	},
	"trip": {
		{names: []string{"queryTrips", "search_tickets"}, zh: []string{"按出发地、目的地和日期查询%s", "查询班次和余票"}, en: []string{"Search by origin, destination and date", "Timetable and seats left"}, effect: catalog.Read, inputs: []input{
			{[]string{"from", "fromCity"}, `{"type":"string"}`, "出发城市", "city of departure", true}, {[]string{"to", "toCity"}, `{"type":"string"}`, "到达城市", "city of arrival", true}, date}, output: "tripId"},
		{names: []string{"bookTicket", "book_ticket"}, zh: []string{"购买车票或机票", "预订%s，返回订单号"}, en: []string{"Book a ticket", "Buy tickets for a trip"}, effect: catalog.Irreversible, inputs: []input{
			{[]string{"tripId"}, `{"type":"string"}`, "班次编号，由查询返回", "id of the trip, from the search", true}, {[]string{"passengers", "ticketCount"}, `{"type":"integer","minimum":1,"default":1}`, "张数", "number of tickets", false}, name, phone}, output: "order", withItems: true},
		{names: []string{"refundTicket", "refund"}, zh: []string{"退票"}, en: []string{"Return a ticket"}, effect: catalog.Irreversible, inputs: []input{number}, output: "status"},
		{names: []string{"changeTicket", "change"}, zh: []string{"改签"}, en: []string{"Change a ticket"}, effect: catalog.Irreversible, inputs: []input{number, date}, output: "status", optional: true},
	},
	"ride": {
		{names: []string{"searchPlaces", "search_places"}, zh: []string{"搜索上下车地点"}, en: []string{"Find places to be picked up or dropped off"}, effect: catalog.Read, inputs: []input{{[]string{"query"}, `{"type":"string"}`, "地点的名字", "name of the place", true}}, output: "placeId"},
		{names: []string{"estimateRide", "estimate_ride"}, zh: []string{"预估车费，返回各车型报价"}, en: []string{"Quotes for each kind of car"}, effect: catalog.Read, inputs: []input{
			{[]string{"fromPlaceId", "pickup_place_id"}, `{"type":"string"}`, "上车地点，由 searchPlaces 返回", "pick-up place id, from searchPlaces", true}, {[]string{"toPlaceId", "dropoff_place_id"}, `{"type":"string"}`, "下车地点，由 searchPlaces 返回", "drop-off place id, from searchPlaces", true}}, output: "quoteId"},
		{names: []string{"bookRide", "book_ride"}, zh: []string{"叫车，按报价下单", "叫一辆车"}, en: []string{"Order the car of a quote", "Book a ride"}, effect: catalog.Irreversible, inputs: []input{{[]string{"quoteId"}, `{"type":"string"}`, "报价编号", "id of the quote", true}}, output: "order"},
		{names: []string{"cancelRide", "cancel_ride"}, zh: []string{"取消行程"}, en: []string{"Cancel a ride"}, effect: catalog.Irreversible, inputs: []input{number}, output: "status", optional: true},
	},
	"errand": {
		{names: []string{"quote", "estimate"}, zh: []string{"%s报价"}, en: []string{"Get a quote"}, effect: catalog.Read, inputs: []input{address}, output: "quoteId", withItems: true},
		{names: []string{"createJob", "order_service", "placeOrder"}, zh: []string{"下单，预约上门", "预约%s上门服务"}, en: []string{"Order it, with a visit at your place", "Have somebody come"}, effect: catalog.Irreversible, inputs: []input{address, date, phone}, output: "order", withItems: true},
		{names: []string{"jobStatus", "track"}, zh: []string{"查询进度"}, en: []string{"How far it is"}, effect: catalog.Read, inputs: []input{number}, output: "status"},
		{names: []string{"cancelJob", "cancel"}, zh: []string{"取消"}, en: []string{"Cancel it"}, effect: catalog.Irreversible, inputs: []input{number}, output: "status", optional: true},
	},
	"account": {
		{names: []string{"queryBill", "lookup_bill"}, zh: []string{"查询欠费账单"}, en: []string{"Look up what is owed"}, effect: catalog.Read, inputs: []input{{[]string{"account", "accountNo"}, `{"type":"string"}`, "户号", "account number", true}}, output: "billId", withItems: true},
		{names: []string{"payBill", "pay_bill"}, zh: []string{"缴费"}, en: []string{"Pay a bill"}, effect: catalog.Payment, inputs: []input{{[]string{"account", "accountNo"}, `{"type":"string"}`, "户号", "account number", true}, {[]string{"amount"}, `{"type":"number"}`, "金额，元", "amount in yuan", true}}, output: "order", withItems: true},
		{names: []string{"payments", "history"}, zh: []string{"缴费记录"}, en: []string{"What was paid"}, effect: catalog.Read, inputs: []input{{[]string{"account"}, `{"type":"string"}`, "户号", "account number", true}}, output: "itemId", optional: true},
	},
}

// callsOf chooses which calls of a shape a service has.
func callsOf(shape string, r *rand.Rand) []call {
	var out []call
	for _, c := range shapes[shape] {
		if c.form = r.IntN(60); !c.optional || r.IntN(2) == 0 {
			out = append(out, c)
		}
	}
	return out
}

func (c call) capability(d *design, service string) catalog.Capability {
	words, noun := c.zh, d.trade.Zh[0]
	if d.english {
		words, noun = c.en, d.trade.En[0]
	}
	about := words[c.form%len(words)]
	if strings.Contains(about, "%s") {
		about = fmt.Sprintf(about, noun)
	}
	if c.describesItems && c.form%2 == 0 {
		about += d.forInstance()
	}
	return catalog.Capability{Service: service, Name: c.names[c.form%len(c.names)], Description: about, Effect: c.effect, Input: c.schema(d), Output: parsed(c.outputSchema())}
}

// forInstance names some of the trade's things.
func (d *design) forInstance() string {
	var some []string
	for _, it := range d.trade.Items[:min(2, len(d.trade.Items))] {
		zh, en, _ := strings.Cut(it, "|")
		if d.english {
			zh = en
		}
		some = append(some, zh)
	}
	if d.english {
		return ", for instance " + strings.Join(some, ", ")
	}
	return "，如" + strings.Join(some, "、")
}

func (c call) outputSchema() string {
	switch c.output {
	case "order":
		return `{"type":"object","properties":{"orderId":{"type":"string"},"amount":{"type":"number"},"status":{"type":"string"}}}`
	case "status":
		return `{"type":"object","properties":{"orderId":{"type":"string"},"status":{"type":"string"}}}`
	}
	return fmt.Sprintf(listOf, `"`+c.output+`":{"type":"string"},`)
}

// schema writes the input's JSON Schema.
func (c call) schema(d *design) *catalog.Schema {
	var members, required []string
	add := func(name, schema, zh, en string, must bool) {
		if d.english {
			zh = en
		}
		members = append(members, fmt.Sprintf(`%q:%s,"description":%s}`, name, strings.TrimSuffix(schema, "}"), catalog.MustJSON(zh)))
		if must {
			required = append(required, name)
		}
	}
	for _, in := range c.inputs {
		add(in.names[c.form%len(in.names)], in.schema, in.zh, in.en, in.required)
	}
	if c.withItems {
		var zh, en []string
		for _, it := range d.trade.Items {
			z, e, _ := strings.Cut(it, "|")
			zh, en = append(zh, z), append(en, e)
		}
		add("kind", `{"type":"string","enum":`+string(catalog.MustJSON(en))+`}`, "类别："+strings.Join(zh, "、"), "kind", false)
	}
	if c.perMeasure && d.trade.Measure != "" {
		add("quantity", `{"type":"integer","minimum":1,"default":1}`, d.trade.Measure, "number of "+d.trade.MeasureEn, false)
	}
	if c.takesOptions {
		for _, name := range slices.Sorted(maps.Keys(d.trade.Options)) {
			add(name, `{"type":"string","enum":`+string(catalog.MustJSON(codesOf(d.trade.Options[name])))+`}`, d.trade.Options[name], d.trade.Options[name], false)
		}
	}
	return parsed(fmt.Sprintf(`{"type":"object","properties":{%s},"required":%s}`, strings.Join(members, ","), json.RawMessage(catalog.MustJSON(required))))
}

// codesOf are the values that a description lists.
func codesOf(description string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(description, func(r rune) bool { return r == '：' || r == '，' || r == ' ' }) {
		if w[0] < 0x80 {
			out = append(out, w)
		}
	}
	return out
}

// parsed keeps one of each schema: many services share theirs.
func parsed(text string) *catalog.Schema {
	if s, ok := schemas.Load(text); ok {
		return s.(*catalog.Schema)
	}
	s, err := catalog.ParseSchema([]byte(text))
	if err != nil {
		panic(err) // it was written above
	}
	kept, _ := schemas.LoadOrStore(text, s)
	return kept.(*catalog.Schema)
}

var schemas sync.Map
