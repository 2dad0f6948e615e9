package understand_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/understand"
	"github.com/bangwo/bangwo/internal/catalog"
)

// alone plans a sentence for one service whose ordering call has the inputs given, as JSON of their properties. The
// service sells things by the names given, which list_things lists.
func alone(t testing.TB, about, properties, required string, names []string, text string) assist.Thought {
	t.Helper()
	raw := fmt.Sprintf(`{"id":"shop","name":"Corner","description":%q,"payee":"shop","capabilities":[
	 {"service":"shop","name":"list_things","description":"List what can be had 商品列表","effect":"read","input":{"type":"object","properties":{}},
	  "output":{"type":"object","properties":{"things":{"type":"array","items":{"type":"object","properties":{"thing_id":{"type":"string"},"name":{"type":"string"},"price":{"type":"number"}}}}}}},
	 {"service":"shop","name":"create_order","description":"Place an order 下单","effect":"irreversible","input":{"type":"object","properties":{%s},"required":[%s]},
	  "output":{"type":"object","properties":{"order_id":{"type":"string"},"total":{"type":"number"}}}}]}`, about, properties, required)
	var s catalog.Service
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	for _, n := range names {
		name, other, _ := strings.Cut(n, "|")
		s.Items = append(s.Items, catalog.Item{Name: name, Aliases: strings.FieldsFunc(other, func(r rune) bool { return r == '|' })})
	}
	r := assist.Request{Text: text, Now: monday, Services: append(others(t), s), Profile: assist.Profile{Phone: "13800000000", Consents: []assist.Consent{{Service: "*", Value: "*"}}}}
	th, err := understand.New().Think(context.Background(), r)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if th.Plan != nil && len(th.Asks) == 0 {
		find := func(_, skill, capability string) (catalog.Capability, bool) { return s.Capability(skill, capability) }
		if err := plan.Check(th.Plan, find); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	return th
}

// others are services that sell something else.
func others(t testing.TB) []catalog.Service {
	var out []catalog.Service
	for _, s := range services(t) {
		if s.ID == "quickcab" || s.ID == "tielu" || s.ID == "bistro" {
			out = append(out, s)
		}
	}
	return out
}

// ordered lists the arguments of the ordering calls, compact: values only, picks as ~words.
func ordered(th assist.Thought) string {
	if th.Plan == nil {
		return fmt.Sprintf("no plan: %s %+v", th.Refusal, th.Asks)
	}
	var out []string
	for _, s := range th.Plan.Steps {
		if s.Capability == "create_order" {
			out = append(out, shown(plan.Arg{Object: s.Args}))
		}
	}
	return strings.Join(out, " ; ")
}

func shown(a plan.Arg) string {
	switch {
	case a.Ref != nil && a.Ref.Pick != nil:
		return "~" + a.Ref.Pick.Query
	case a.Ref != nil:
		return "~"
	case a.Object != nil:
		var parts []string
		for _, k := range sorted(a.Object) {
			parts = append(parts, k+"="+shown(a.Object[k]))
		}
		return "{" + strings.Join(parts, " ") + "}"
	case a.List != nil:
		var parts []string
		for _, x := range a.List {
			parts = append(parts, shown(x))
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	return fmt.Sprint(a.Value)
}

func sorted(m map[string]plan.Arg) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	for i := range out {
		for j := i + 1; j < len(out); j++ {
			if out[j] < out[i] {
				out[i], out[j] = out[j], out[i]
			}
		}
	}
	return out
}

const thing = `"thing_id":{"type":"string","description":"from list_things"}`

// TestCodesInAnyStyle checks that codes are read from whatever way a description explains them in, whether the schema has an enum or not.
func TestCodesInAnyStyle(t *testing.T) {
	t.Parallel()
	abc := `"enum":["A","B","C"],`
	for _, style := range []string{
		`"type":"string",` + abc + `"description":"冰量：A 正常冰，B 少冰，C 去冰"`,
		`"type":"string",` + abc + `"description":"冰量编码。A=正常冰 B=少冰 C=去冰；默认 A"`,
		`"type":"string",` + abc + `"description":"冰量（A：正常冰；B：少冰；C：去冰）"`,
		`"type":"string",` + abc + `"description":"冰量\nA - 正常冰\nB - 少冰\nC - 去冰"`,
		`"type":"string",` + abc + `"description":"冰量\n| 值 | 含义 |\n|---|---|\n| A | 正常冰 |\n| B | 少冰 |\n| C | 去冰 |"`,
		`"type":"string",` + abc + `"description":"正常冰 A、少冰 B、去冰 C"`,
		`"type":"string",` + abc + `"description":"正常冰(A)/少冰(B)/去冰(C)"`,
		`"type":"string",` + abc + `"description":"去冰传 C，少冰传 B，正常冰传 A"`,
		`"type":"string",` + abc + `"description":"ice: A regular ice, B less ice, C no ice; A if not said"`,
		`"type":"string",` + abc + `"description":"\"A\" means regular ice, \"B\" means less ice and \"C\" means no ice."`,
		`"type":"string",` + abc + `"description":"Ａ：正常冰，Ｂ：少冰，Ｃ：去冰"`,
		`"type":"string",` + abc + `"enumNames":["正常冰","少冰","去冰"]`,
		`"type":"string","description":"冰量编码：A 正常冰，B 少冰，C 去冰"`,
		`"type":"string","description":"取值：A=正常冰，B=少冰，C=去冰"`,
		`"oneOf":[{"const":"A","title":"正常冰"},{"const":"B","title":"少冰"},{"const":"C","title":"去冰"}]`,
		`"oneOf":[{"const":"A","description":"Regular ice"},{"const":"B","description":"Less ice"},{"const":"C","description":"No ice"}]`,
	} {
		for text, code := range map[string]string{"来一杯柠檬茶，去冰": "C", "一杯少冰的柠檬茶": "B", "a lemon tea with no ice please": "C", "來一杯檸檬茶，少冰": "B", "lemon tea, light ice": "B"} {
			got := ordered(alone(t, "茶饮店 tea shop", thing+`,"ice_level":{`+style+`}`, `"thing_id","ice_level"`, []string{"柠檬茶|Lemon Tea", "乌龙茶|Oolong"}, text))
			if !strings.Contains(got, "ice_level="+code+" ") {
				t.Errorf("%s\n  %s: %s, want %s", style, text, got, code)
			}
		}
	}
}

// TestNumberedCodes checks codes that are numbers, with an enum and without.
func TestNumberedCodes(t *testing.T) {
	t.Parallel()
	for _, style := range []string{
		`"type":"integer","enum":[1,2,3,4],"description":"甜度 1全糖 2七分糖 3半糖 4无糖"`,
		`"type":"integer","minimum":1,"maximum":4,"description":"甜度：1-全糖，2-七分糖，3-半糖，4-无糖"`,
		`"type":"integer","minimum":1,"maximum":4,"description":"sugar level: 1 = full sugar, 2 = 70% sugar, 3 = half sugar, 4 = no sugar"`,
		`"type":"integer","description":"1: full; 2: 70% sweet; 3: half sweet; 4: unsweetened"`,
	} {
		for text, code := range map[string]string{"一杯乌龙茶 半糖": "3", "oolong, half sweet": "3", "乌龙茶一杯不加糖": "4", "乌龙茶七分甜": "2", "an oolong without sugar": "4"} {
			got := ordered(alone(t, "茶饮店 tea shop", thing+`,"sugar":{`+style+`}`, `"thing_id","sugar"`, []string{"柠檬茶|Lemon Tea", "乌龙茶|Oolong"}, text))
			if !strings.Contains(got, "sugar="+code+" ") {
				t.Errorf("%s\n  %s: %s, want %s", style, text, got, code)
			}
		}
	}
}

// TestNoCodesWhereNoneAreListed checks that figures and examples in a description are not taken for its values.
func TestNoCodesWhereNoneAreListed(t *testing.T) {
	t.Parallel()
	for _, style := range []string{
		`"type":"string","description":"送达时间，格式 YYYY-MM-DD HH:mm"`,
		`"type":"string","description":"车牌号，如 京A12345"`,
		`"type":"string","description":"配送范围 5 公里内，最多 20 件，单号 12 位"`,
		`"type":"string","description":"any text, at most 20 characters"`,
	} {
		th := alone(t, "便利店 卖饮料 shop", thing+`,"extra":{`+style+`}`, `"thing_id","extra"`, []string{"柠檬茶|Lemon Tea"}, "买一瓶柠檬茶")
		for _, a := range th.Asks {
			if strings.HasSuffix(a.Key, ".extra") && len(a.Choices) > 0 && !strings.Contains(style, "YYYY") {
				t.Errorf("%s: choices were made up: %+v", style, a.Choices)
			}
		}
		if strings.Contains(ordered(th), "extra=") {
			t.Errorf("%s: a value was made up: %s", style, ordered(th))
		}
	}
}

// TestItemsWithOptions checks that each item of an order has its own count and options.
func TestItemsWithOptions(t *testing.T) {
	t.Parallel()
	line := `"lines":{"type":"array","minItems":1,"items":{"type":"object","properties":{` + thing + `,"qty":{"type":"integer","minimum":1,"maximum":99},
	 "size":{"type":"string","enum":["S","M","L"],"description":"杯型 S 小杯 M 中杯 L 大杯 / S small, M medium, L large"},
	 "temp":{"type":"string","enum":["hot","cold"],"description":"温度：hot 热，cold 冰"},
	 "add":{"type":"array","items":{"type":"string","enum":["p1","p2","p3"]},"description":"加料：p1 珍珠 pearls，p2 椰果 coconut jelly，p3 布丁 pudding"}},"required":["thing_id","qty"]}}`
	names := []string{"拿铁|Latte", "美式咖啡|Americano", "珍珠奶茶|Pearl Milk Tea", "四季春茶|Four Seasons Tea"}
	for text, want := range map[string]string{
		"a large latte and two small americanos, one of them iced": "{lines=[{qty=1 size=L thing_id=~拿铁} {qty=1 size=S temp=cold thing_id=~美式咖啡} {qty=1 size=S thing_id=~美式咖啡}]}",
		"两杯珍珠奶茶，大杯，一杯热的一杯冰的":                                       "{lines=[{qty=1 size=L temp=hot thing_id=~珍珠奶茶} {qty=1 size=L temp=cold thing_id=~珍珠奶茶}]}",
		"一杯拿铁一杯美式，都要大杯":                                            "{lines=[{qty=1 size=L thing_id=~拿铁} {qty=1 size=L thing_id=~美式咖啡}]}",
		"a latte and an americano, both large":                     "{lines=[{qty=1 size=L thing_id=~拿铁} {qty=1 size=L thing_id=~美式咖啡}]}",
		"一杯拿铁一杯热的美式":                                               "{lines=[{qty=1 thing_id=~拿铁} {qty=1 temp=hot thing_id=~美式咖啡}]}",
		"拿铁、美式各两杯":                                                 "{lines=[{qty=2 thing_id=~拿铁} {qty=2 thing_id=~美式咖啡}]}",
		"四季春三杯加椰果":                                                 "{lines=[{add=[p2] qty=3 thing_id=~四季春茶}]}",
		"四季春三杯，加椰果和布丁":                                             "{lines=[{add=[p2 p3] qty=3 thing_id=~四季春茶}]}",
		"two pearl milk teas with pudding thx":                     "{lines=[{add=[p3] qty=2 thing_id=~珍珠奶茶}]}",
		"想喝咖啡了，来三杯热拿铁":                                             "{lines=[{qty=3 temp=hot thing_id=~拿铁}]}",
		"给大家点十杯美式呗":                                                "{lines=[{qty=10 thing_id=~美式咖啡}]}",
		"三杯拿鐵，其中一杯熱的":                                              "{lines=[{qty=1 temp=hot thing_id=~拿铁} {qty=2 thing_id=~拿铁}]}",
	} {
		if got := ordered(alone(t, "咖啡和奶茶 coffee and milk tea", line, `"lines"`, names, text)); got != want {
			t.Errorf("%s:\n  %s\n  want %s", text, got, want)
		}
	}
}

// TestOptionsAreNoPlaces checks that an option is never looked for as a place, and that the thing named may itself be the value.
func TestOptionsAreNoPlaces(t *testing.T) {
	t.Parallel()
	spec := thing + `,"qty":{"type":"integer","minimum":1},"ice":{"type":"string","enum":["N","W","H"],"description":"N 正常冰，W 去冰，H 做热饮；未说明时为 N"},"sugar":{"type":"integer","minimum":1,"maximum":3,"description":"甜度编码：1 全糖，2 半糖，3 无糖；未说明时为 1"}`
	lines := `"lines":{"type":"array","minItems":1,"items":{"type":"object","properties":{` + spec + `},"required":["thing_id","qty"]}}`
	for text, want := range map[string]string{
		"两杯红豆奶茶，half sugar，一杯热的一杯去冰":        "{lines=[{ice=H qty=1 sugar=2 thing_id=~红豆奶茶} {ice=W qty=1 sugar=2 thing_id=~红豆奶茶}]}",
		"a red bean milk tea at half sugar": "{lines=[{ice=N qty=1 sugar=2 thing_id=~红豆奶茶}]}",
	} {
		if got := ordered(alone(t, "奶茶店 milk tea", lines, `"lines"`, []string{"红豆奶茶|Red Bean Milk Tea", "珍珠奶茶|Pearl Milk Tea"}, text)); got != want {
			t.Errorf("%s:\n  %s\n  want %s", text, got, want)
		}
	}
	brand := `"brand":{"type":"string","enum":["A1","B2"],"description":"品牌：A1 清泉，B2 雪域；没指定用 A1"},"barrels":{"type":"integer","minimum":1,"description":"桶数"}`
	for text, want := range map[string]string{"要四桶雪域的水": "{barrels=4 brand=B2}", "送两桶水": "{barrels=2 brand=A1}"} {
		if got := ordered(alone(t, "送水 桶装水", brand, `"brand","barrels"`, []string{"清泉", "雪域"}, text)); got != want {
			t.Errorf("%s:\n  %s\n  want %s", text, got, want)
		}
	}
}

// TestWhatIsNoCount checks that weights, people, amounts and other numbers count no things and multiply no orders.
func TestWhatIsNoCount(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ about, properties, required, text, want string }{
		{"courier 寄快递", `"weight_kg":{"type":"number","description":"重量（公斤）"},"goods":{"type":"string","enum":["doc","parcel"],"description":"doc 文件，parcel 包裹"}`, `"weight_kg","goods"`, "寄一个三公斤的包裹", "{goods=parcel weight_kg=3}"},
		{"phone top-up 充话费", `"plan":{"type":"string","description":"套餐编码：F30 30元话费，F50 50元话费，D10 10GB流量包"}`, `"plan"`, "给我充五十话费", "{plan=F50}"},
		{"phone top-up 充话费", `"plan":{"type":"string","description":"套餐编码：F30 30元话费，F50 50元话费，D10 10GB流量包"}`, `"plan"`, "top up 30 yuan", "{plan=F30}"},
		{"phone top-up 充话费", `"plan":{"type":"string","description":"套餐编码：F30 30元话费，F50 50元话费，D10 10GB流量包"}`, `"plan"`, "充个10G的流量", "{plan=D10}"},
		{"print 打印", `"copies":{"type":"integer","minimum":1,"description":"打印份数"},"duplex":{"type":"boolean","description":"both sides 双面"},"color":{"type":"boolean"}`, `"copies"`, "打印三份，双面，彩色", "{color=true copies=3 duplex=true}"},
		{"print 打印", `"copies":{"type":"integer","minimum":1,"description":"打印份数"},"duplex":{"type":"boolean","description":"both sides 双面"},"color":{"type":"boolean"}`, `"copies"`, "print 5 copies double-sided", "{copies=5 duplex=true}"},
		{"water delivery 送水", `"barrels":{"type":"integer","minimum":1,"maximum":30,"description":"桶数"},"empty_back":{"type":"integer","description":"退回空桶数"}`, `"barrels"`, "送四桶水，退两个空桶", "{barrels=4 empty_back=2}"},
		{"cake shop 蛋糕店", thing + `,"inches":{"type":"integer","enum":[6,8,10],"description":"尺寸（寸）"},"cutlery":{"type":"integer","minimum":0,"description":"餐具份数"},"quantity":{"type":"integer","minimum":1}`, `"thing_id","quantity"`, "两个八寸的芒果蛋糕，不要餐具", "{cutlery=0 inches=8 quantity=2 thing_id=~芒果蛋糕}"},
	} {
		if got := ordered(alone(t, c.about, c.properties, c.required, []string{"芒果蛋糕|Mango Cake"}, c.text)); got != c.want {
			t.Errorf("%s:\n  %s\n  want %s", c.text, got, c.want)
		}
	}
}

// TestYesAndNo checks yes-or-no inputs: asked for, refused, not spoken of.
func TestYesAndNo(t *testing.T) {
	t.Parallel()
	properties := thing + `,"gift_wrap":{"type":"boolean","description":"是否礼品包装"},"need_invoice":{"type":"boolean","description":"是否开发票 / whether to issue an invoice"},"cutlery":{"type":"boolean","description":"需要餐具"}`
	for text, want := range map[string]string{
		"买一个芒果蛋糕，要礼品包装":                  "{gift_wrap=true thing_id=~芒果蛋糕}",
		"a mango cake, gift wrapped":     "{gift_wrap=true thing_id=~芒果蛋糕}",
		"买一个芒果蛋糕，不要餐具":                   "{cutlery=false thing_id=~芒果蛋糕}",
		"one mango cake, no cutlery pls": "{cutlery=false thing_id=~芒果蛋糕}",
		"订一个芒果蛋糕":                        "{thing_id=~芒果蛋糕}",
	} {
		if got := ordered(alone(t, "蛋糕店 cake shop", properties, `"thing_id"`, []string{"芒果蛋糕|Mango Cake"}, text)); got != want {
			t.Errorf("%s:\n  %s\n  want %s", text, got, want)
		}
	}
}

// TestWishesGoToTheNote checks that what no input knows is told the merchant, and searches for nothing.
func TestWishesGoToTheNote(t *testing.T) {
	t.Parallel()
	properties := thing + `,"note":{"type":"string","description":"备注"}`
	for text, want := range map[string]string{
		"来一份牛肉面，不要香菜":                 "{note=不要香菜 thing_id=~牛肉面}",
		"one beef noodles, no onions": "{note=no onions thing_id=~牛肉面}",
	} {
		if got := ordered(alone(t, "面馆 noodle shop", properties, `"thing_id"`, []string{"牛肉面|Beef Noodles", "凉面|Cold Noodles"}, text)); got != want {
			t.Errorf("%s:\n  %s\n  want %s", text, got, want)
		}
	}
}
