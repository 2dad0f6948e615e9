package understand_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/catalog"
)

// input is one input of an invented capability.
type input struct {
	name, describes string
	required        bool
	with            string // more of its schema, in JSON
	in              []input
}

func schemaOf(ins []input) string {
	var props, required []string
	for _, in := range ins {
		head := `"type":"string"`
		if len(in.in) > 0 {
			head = strings.TrimSuffix(schemaOf(in.in)[1:], "}")
		}
		if in.with != "" {
			head += "," + in.with
		}
		props = append(props, `"`+in.name+`":{`+head+`,"description":"`+in.describes+`"}`)
		if in.required {
			required = append(required, `"`+in.name+`"`)
		}
	}
	return `{"type":"object","properties":{` + strings.Join(props, ",") + `},"required":[` + strings.Join(required, ",") + `]}`
}

// one makes a service with one capability.
func one(t testing.TB, name, about, call, describes string, ins ...input) catalog.Service {
	t.Helper()
	raw := `{"id":"` + name + `","name":"` + name + `","description":"` + about + `","payee":"p","currency":"CNY","source":{"track":"mcp"},"capabilities":[` +
		`{"service":"` + name + `","name":"` + call + `","description":"` + describes + `","effect":"irreversible","input":` + schemaOf(ins) + `}]}`
	var s catalog.Service
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return s
}

func peopleServices(t testing.TB) map[string]catalog.Service {
	return map[string]catalog.Service{
		"flat": one(t, "信鸽速运", "同城与全国快递，上门取件寄包裹", "book_parcel", "下单寄快递包裹",
			input{name: "from_name", describes: "寄件人姓名", required: true}, input{name: "from_phone", describes: "寄件人手机", required: true},
			input{name: "from_address", describes: "取件地址", required: true}, input{name: "to_name", describes: "收件人姓名", required: true},
			input{name: "to_phone", describes: "收件人手机", required: true}, input{name: "to_address", describes: "收件地址", required: true},
			input{name: "to_city", describes: "收件城市"}),
		"nested": one(t, "PostRunner", "Courier for parcels and documents, picked up at your door", "ship_parcel", "Ship a parcel by courier",
			input{name: "shipper", describes: "who sends it", required: true, with: `"title":"shipper"`, in: []input{
				{name: "name", describes: "name", required: true}, {name: "phone", describes: "phone", required: true}, {name: "address", describes: "pick-up address", required: true}}},
			input{name: "consignee", describes: "who gets it", required: true, with: `"title":"consignee"`, in: []input{
				{name: "name", describes: "name", required: true}, {name: "phone", describes: "phone", required: true},
				{name: "city", describes: "city"}, {name: "address", describes: "full address", required: true}}}),
		"flowers": one(t, "花田", "鲜花配送，送花到家 / Flower delivery", "send_bouquet", "订一束鲜花配送 / order a bouquet of flowers",
			input{name: "recipientName", describes: "收花人姓名 / recipient", required: true}, input{name: "recipientPhone", describes: "收花人电话 / phone", required: true},
			input{name: "address", describes: "配送地址 / delivery address", required: true}, input{name: "greeting", describes: "贺卡内容 / card text"}),
		"clinic": one(t, "安心门诊", "门诊预约，看牙看病 / clinic appointments, dentist", "book_visit", "预约看牙门诊 / book a dentist visit",
			input{name: "patientName", describes: "就诊人姓名", required: true}, input{name: "contactPhone", describes: "联系电话", required: true}),
		"recharge": one(t, "通信宝", "手机话费充值 / phone credit", "add_credit", "给手机号充值话费 / add phone credit",
			input{name: "mobile", describes: "手机号", required: true, with: `"pattern":"^1\\d{10}$"`},
			input{name: "amount", describes: "面值（元）：30、50、100", required: true, with: `"enum":["30","50","100"]`}),
		"carwash": one(t, "亮车坊", "洗车预约 / car wash", "book_wash", "预约洗车 / book a car wash",
			input{name: "plate_number", describes: "车牌号 / licence plate", required: true}, input{name: "remark", describes: "备注 / remark"}),
		"checkin": one(t, "云值机", "航班值机选座 / flight check-in", "check_in", "航班值机 / check in for a flight",
			input{name: "flight_no", describes: "航班号，如 CA1234", required: true}, input{name: "passenger_name", describes: "乘机人姓名", required: true}),
		"pets": one(t, "毛孩子之家", "宠物寄养 / boarding for dogs and cats", "board_pet", "预约宠物寄养 / board a dog or a cat",
			input{name: "pet_name", describes: "宠物名字 / name of the pet", required: true}),
	}
}

func peopleThought(t *testing.T, service, text string, consents bool) assist.Thought {
	t.Helper()
	return think(t, text, func(r *assist.Request) {
		r.Services = []catalog.Service{peopleServices(t)[service]}
		r.Profile.Name, r.Profile.Phone = "周舟", "13655550000"
		r.Profile.Addresses = []assist.Address{{Label: "home", Detail: "苏州市姑苏区平江路20号"}, {Label: "work", Detail: "苏州市工业园区星湖街328号"}}
		if !consents {
			r.Profile.Consents = nil
		}
	})
}

// TestPeople checks whose details go into which input, in whatever shape a service asks for them.
func TestPeople(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		service, text string
		has, hasnt    []string // in the JSON of the arguments
		asks          []string // pieces of the questions, in order
	}{
		{"clinic", "帮我妹妹周晓雨预约看牙，她手机13512345678", []string{`"patientName":{"value":"周晓雨"`, `"contactPhone":{"value":"13512345678"`}, []string{"周舟", "13655550000"}, nil},
		{"clinic", "给我同事李强约看牙，他电话13322224444", []string{`"patientName":{"value":"李强"`, `"contactPhone":{"value":"13322224444"`}, []string{"周舟", "13655550000"}, nil},
		{"flat", "寄个包裹给李雷，电话13800001234，地址上海市徐汇区漕溪北路88号，从我家取件",
			[]string{`"to_name":{"value":"李雷"`, `"to_phone":{"value":"13800001234"`, `"to_address":{"value":"上海市徐汇区漕溪北路88号"`, `"to_city":{"value":"上海"`, `"from_name":{"value":"周舟"`, `"from_phone":{"value":"13655550000"`, `"from_address":{"value":"苏州市姑苏区平江路20号"`}, nil, nil},
		{"nested", "寄个包裹给李雷，电话13800001234，地址上海市徐汇区漕溪北路88号，从我家取件",
			[]string{`"name":{"value":"李雷"`, `"address":{"value":"上海市徐汇区漕溪北路88号"`, `"name":{"value":"周舟"`}, nil, nil},
		{"flat", "叫快递到公司取件，收件人歐陽修 １３９ １１１１ ２２２２ 廣州市天河區體育西路1號",
			[]string{`"to_name":{"value":"歐陽修"`, `"to_phone":{"value":"13911112222"`, `"to_address":{"value":"廣州市天河區體育西路1號"`, `"from_address":{"value":"苏州市工业园区星湖街328号"`}, nil, nil},
		{"nested", "Send a parcel from my home to Mary O'Brien, +86 138-0000-1234, Room 12, 88 Caoxi North Road, Shanghai",
			[]string{`"name":{"value":"Mary O'Brien"`, `"phone":{"value":"13800001234"`, `"address":{"value":"Room 12, 88 Caoxi North Road, Shanghai"`, `"address":{"value":"苏州市姑苏区平江路20号"`}, nil, nil},
		{"flat", "从北京市海淀区苏州街33号寄个包裹到上海市徐汇区漕溪北路88号，寄件人王小明 13800001111，收件人李四 13900002222",
			[]string{`"from_name":{"value":"王小明"`, `"from_phone":{"value":"13800001111"`, `"from_address":{"value":"北京市海淀区苏州街33号"`, `"to_name":{"value":"李四"`, `"to_phone":{"value":"13900002222"`, `"to_address":{"value":"上海市徐汇区漕溪北路88号"`}, []string{"周舟", "13655550000"}, nil},
		{"flat", "从家里寄个包裹到成都", []string{`"from_address":{"value":"苏州市姑苏区平江路20号"`, `"from_name":{"value":"周舟"`}, []string{`"to_name":{"value"`, `"to_address":{"value"`, `"to_phone":{"value"`},
			[]string{"收件人怎么称呼？", "收件人的电话是多少？", "寄到哪里？"}},
		{"nested", "ship a parcel", nil, []string{`"address":{"value"`}, []string{"Where should it be picked up?", "What is the recipient's name?", "What is the recipient's phone number?", "Which address should it go to?"}},
		{"flowers", "订一束鲜花送给王芳，18600005678，南京市鼓楼区中山路3号，写上生日快乐", []string{`"recipientName":{"value":"王芳"`, `"recipientPhone":{"value":"18600005678"`, `"address":{"value":"南京市鼓楼区中山路3号"`, `"greeting":{"value":"生日快乐"`}, []string{"周舟"}, nil},
		{"flat", "收件人：张三，电话：138 0000 1234，地址：广东省深圳市南山区科技园南区T3栋，从公司寄个包裹", []string{`"to_name":{"value":"张三"`, `"to_phone":{"value":"13800001234"`, `"to_address":{"value":"广东省深圳市南山区科技园南区T3栋"`, `"to_city":{"value":"深圳"`}, nil, nil},
		{"flowers", "订一束鲜花送到阳光小区3号楼2单元501，收花人刘洋 010-65052288", []string{`"address":{"value":"阳光小区3号楼2单元501"`, `"recipientName":{"value":"刘洋"`, `"recipientPhone":{"value":"010-65052288"`}, nil, nil},
		{"flowers", "给王芳送一束鲜花，送到南京市鼓楼区中山路3号", []string{`"recipientName":{"value":"王芳"`}, []string{"13655550000"}, []string{"收件人的电话"}},
		{"flowers", "订一束鲜花送到我妈家", nil, []string{"平江路", "我妈家"}, []string{"送到哪里？"}},
		{"clinic", "帮我约个牙医看牙，孩子叫陈小宝", []string{`"patientName":{"value":"陈小宝"`, `"contactPhone":{"value":"13655550000"`}, []string{"周舟"}, nil},
		{"clinic", "帮我妈约个牙医看牙", nil, []string{"周舟"}, []string{"就诊人怎么称呼？"}},
		{"clinic", "book a dentist visit for my daughter", nil, []string{"周舟"}, []string{"What is the patient's name?"}},
		{"clinic", "帮王小明约个牙医看牙", []string{`"patientName":{"value":"王小明"`}, []string{"周舟"}, nil},
		{"clinic", "帮王阿姨约个牙医看牙", nil, []string{"周舟", "王阿姨"}, []string{"就诊人怎么称呼？"}},
		{"clinic", "我叫李明，约个牙医看牙", []string{`"patientName":{"value":"李明"`}, []string{"周舟"}, nil},
		{"clinic", "book me a dentist visit", []string{`"patientName":{"value":"周舟"`}, nil, nil},
		{"clinic", "约个牙医看牙，我的电话是13200001111", []string{`"contactPhone":{"value":"13200001111"`}, []string{"13655550000"}, nil},
		{"recharge", "帮我妈13912345678充50块钱话费", []string{`"mobile":{"value":"13912345678"`, `"amount":{"value":"50"`}, []string{"13655550000"}, nil},
		{"recharge", "帮我妈充50块钱话费", nil, []string{"13655550000"}, []string{"手机号是多少？"}},
		{"recharge", "给我充50块话费", []string{`"mobile":{"value":"13655550000"`}, nil, nil},
		{"recharge", "put 100 on 136-1111-2222", []string{`"mobile":{"value":"13611112222"`, `"amount":{"value":"100"`}, nil, nil},
		{"recharge", "给幺三六一一一一二二二二充100元话费", []string{`"mobile":{"value":"13611112222"`}, nil, nil},
		{"carwash", "约个洗车，车牌京a·d12345", []string{`"plate_number":{"value":"京AD12345"`}, nil, nil},
		{"carwash", "book a car wash, plate 沪B 88Q66, call me when you arrive", []string{`"plate_number":{"value":"沪B88Q66"`, `"remark":{"value":"call me when you arrive"`}, nil, nil},
		{"carwash", "帮我约个洗车", nil, []string{`"plate_number":{"value"`}, []string{"车牌号是多少？"}},
		{"checkin", "CA1858航班值机，乘机人张三", []string{`"flight_no":{"value":"CA1858"`, `"passenger_name":{"value":"张三"`}, nil, nil},
		{"checkin", "check in for flight mu5101", []string{`"flight_no":{"value":"MU5101"`, `"passenger_name":{"value":"周舟"`}, nil, nil},
		{"checkin", "办一下航班值机", nil, []string{`"flight_no":{"value"`}, []string{"航班号是多少？"}},
		{"pets", "给狗约个寄养，它叫豆豆", []string{`"pet_name":{"value":"豆豆"`}, nil, nil},
		{"pets", "board my dog called Biscuit", []string{`"pet_name":{"value":"Biscuit"`}, nil, nil},
		{"pets", "board my dog", nil, []string{`"pet_name":{"value"`}, []string{"pet"}},
	} {
		th := peopleThought(t, c.service, c.text, true)
		args := allArgs(th)
		for _, want := range c.has {
			if !strings.Contains(args, want) {
				t.Errorf("%s: no %s in %s (asks %v, refusal %s)", c.text, want, args, th.Asks, th.Refusal)
			}
		}
		for _, no := range c.hasnt {
			if strings.Contains(args, no) {
				t.Errorf("%s: %s in %s", c.text, no, args)
			}
		}
		if len(th.Asks) != len(c.asks) {
			t.Errorf("%s: asked %v, want %v (%s)", c.text, th.Asks, c.asks, args)
			continue
		}
		for i, a := range th.Asks {
			if !strings.Contains(a.Text, c.asks[i]) {
				t.Errorf("%s: asked %q, want %q", c.text, a.Text, c.asks[i])
			}
		}
	}
}

func allArgs(th assist.Thought) string {
	if th.Plan == nil {
		return ""
	}
	var b strings.Builder
	for _, s := range th.Plan.Steps {
		raw, _ := json.Marshal(s.Args)
		b.Write(raw)
	}
	return b.String()
}

// TestNoConsentNoProfile checks that nothing of the profile is given away unasked, while what is said needs no consent.
func TestNoConsentNoProfile(t *testing.T) {
	t.Parallel()
	th := peopleThought(t, "nested", "寄个包裹给李雷，13800001234，上海市徐汇区漕溪北路88号", false)
	args := allArgs(th)
	if !strings.Contains(args, "李雷") || strings.Contains(args, "周舟") || strings.Contains(args, "13655550000") || strings.Contains(args, "平江路") {
		t.Errorf("given away or lost: %s", args)
	}
	consents := 0
	for _, a := range th.Asks {
		if a.Kind == assist.AskConsent {
			consents++
		}
	}
	if consents != 2 {
		t.Errorf("asked for %d consents, want those for the name and the number: %v", consents, th.Asks)
	}
}

// TestNoNames checks that ordinary words are not made into names, addresses or plates: what was said keeps naming goods.
func TestNoNames(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"帮我叫辆车去首都机场", "order a large pepperoni pizza", "Order a car to the airport"} {
		th := think(t, text, nil)
		if th.Plan == nil || len(th.Plan.Steps) == 0 {
			t.Errorf("%s: no plan: %s", text, th.Refusal)
		}
	}
	for _, text := range []string{"给高中生约个洗车", "给白车约个洗车", "预约洗车，叫个师傅"} {
		th := peopleThought(t, "carwash", text, true)
		if args := allArgs(th); strings.Contains(args, `"plate_number":{"value"`) || len(th.Asks) != 1 {
			t.Errorf("%s: %s, asks %v", text, args, th.Asks)
		}
	}
}
