package lexicon_test

import (
	"testing"

	"github.com/bangwo/bangwo/internal/lexicon"
)

func TestNumbersWithMeasures(t *testing.T) {
	for _, c := range []struct {
		text        string
		value, high float64
		measure     string
	}{
		{"三杯拿铁", 3, 0, "杯"}, {"两三个苹果", 2, 3, "个"}, {"二十来个", 20, 0, "个"}, {"十几个", 10, 19, "个"}, {"三五个人", 3, 5, "个"}, {"1.5万", 15000, 0, ""}, {"三百五", 350, 0, ""},
		{"一万二", 12000, 0, ""}, {"两亿", 2e8, 0, ""}, {"三点五", 3.5, 0, ""}, {"二两牛肉面", 2, 0, "两"}, {"一斤半苹果", 1.5, 0, "斤"}, {"1万5", 15000, 0, ""}, {"半个西瓜", 0.5, 0, "个"}, {"半打啤酒", 6, 0, ""}, {"一百零五", 105, 0, ""}, {"二十多份", 20, 29, "份"}, {"十七八张", 17, 18, "张"},
		{"一两个", 1, 2, "个"}, {"2到3杯", 2, 3, "杯"}, {"三分之一", 1.0 / 3, 0, ""}, {"四百多人", 400, 499, "人"},
		{"half a dozen eggs", 6, 0, ""}, {"a couple of bagels", 2, 0, ""}, {"one hundred and five", 105, 0, ""}, {"1,234.5", 1234.5, 0, ""}, {"2k", 2000, 0, ""}, {"two or three cups", 2, 3, "cups"},
		{"2-3 cups", 2, 3, "cups"}, {"two and a half", 2.5, 0, ""}, {"3/4", 0.75, 0, ""}, {"twenty-five tickets", 25, 0, "tickets"}, {"two dozen roses", 24, 0, ""}, {"3 nights", 3, 0, "nights"},
	} {
		ns := lexicon.Numbers(c.text)
		if len(ns) != 1 || ns[0].Value != c.value || ns[0].High != c.high || ns[0].Measure != c.measure {
			t.Errorf("%s: %+v, want %v–%v %q", c.text, ns, c.value, c.high, c.measure)
		}
	}
}

func TestWhatCounts(t *testing.T) {
	counts := map[string]int{"三杯拿铁": 3, "order two cars to the airport": 2, "3 lattes": 3, "来俩煎饼": 2, "5个包子": 5, "三块蛋糕": 3, "two pieces of cake": 2, "四位": 4, "latte x2": 2, "book 2 rooms": 2, "十二支玫瑰": 12, "2-3 cups of tea": 2, "三晚": 3, "来一打玫瑰打包": 12, "两份打包": 2, "一杯半糖": 1}
	for text, want := range counts {
		got := 0
		s := lexicon.Fold(text)
		for _, n := range lexicon.Numbers(s) {
			if lexicon.IsCount(s, n) {
				got = int(n.Value)
			}
		}
		if got != want {
			t.Errorf("%s: counts %d, want %d", text, got, want)
		}
	}
}

func TestWhatDoesNotCount(t *testing.T) {
	for _, text := range []string{
		"三明治", "张三", "一会儿", "七分糖", "五分甜", "百事可乐", "二锅头", "快一点", "no. 5 bus", "room 302", "3号线", "5G", "7-Up", "a 24-hour pharmacy", "中关村大街1号院2号楼301", "13812345678", "138-1234-5678",
		"三块五", "20块以内", "¥30", "$20", "25%", "八折", "两个小时", "3 days", "at gate 12", "#5", "第三杯", "半个西瓜", "1.5升", "500g", "3公里", "one of them", "the one I like", "5-star", "一起", "一样", "三点半", "3/4", "flight 302", "floor 3", "半糖", "二两牛肉面", "预算50", "人均80", "under 30", "one way ticket", "9块9包邮",
	} {
		s := lexicon.Fold(text)
		for _, n := range lexicon.Numbers(s) {
			if lexicon.IsCount(s, n) && s[n.Start:n.End] != "a" {
				t.Errorf("%s: %q counts", text, s[n.Start:n.End])
			}
		}
	}
}

func TestOrdinals(t *testing.T) {
	for text, want := range map[string]int{
		"第三个": 3, "第二": 2, "倒数第二个": -2, "最后一个": -1, "the third one": 3, "the last one": -1, "second to last": -2, "2nd": 2, "twenty-first": 21, "the penultimate": -2, "第12个": 12,
		"last night": 0, "last friday": 0, "一秒": 0, "one second": 0, "第一医院": 0, "first class ticket": 0, "first, order a car": 0, "three cups": 0, "最后再加一杯": 0,
	} {
		if got := lexicon.Ordinal(text); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		text     string
		minor    int64
		high     float64
		currency string
		said     string
	}{
		{"三块五", 350, 0, "CNY", "三块五"}, {"三块五毛二", 352, 0, "CNY", "三块五毛二"}, {"二十来块的红包", 2000, 0, "CNY", "二十来块"}, {"20块以内", 2000, 0, "CNY", "20块"}, {"¥15.5", 1550, 0, "CNY", "¥15.5"}, {"￥30以下", 3000, 0, "CNY", "¥30"},
		{"30 RMB", 3000, 0, "CNY", "30 rmb"}, {"twenty yuan", 2000, 0, "CNY", "twenty yuan"}, {"$20", 2000, 0, "USD", "$20"}, {"20 bucks", 2000, 0, "USD", "20 bucks"}, {"50到80元", 5000, 80, "CNY", "50到80元"}, {"五毛钱", 50, 0, "CNY", "五毛钱"},
		{"9块9包邮", 990, 0, "CNY", "9块9"}, {"三毛五", 35, 0, "CNY", "三毛五"}, {"三块两毛", 320, 0, "CNY", "三块两毛"}, {"二十五块八", 2580, 0, "CNY", "二十五块八"}, {"三块五一斤", 350, 0, "CNY", "三块五"}, {"1.5万元", 1500000, 0, "CNY", "1.5万元"}, {"一百块钱", 10000, 0, "CNY", "一百块钱"}, {"100日元", 100, 0, "JPY", "100日元"}, {"€5", 500, 0, "EUR", "€5"}, {"三四十块", 3000, 40, "CNY", "三四十块"}, {"15 dollars 50", 1550, 0, "USD", "15 dollars 50"}, {"充100元话费", 10000, 0, "CNY", "100元"}, {"花三块", 300, 0, "CNY", "三块"},
		{"a $300 flight", 30000, 0, "USD", "$300"}, {"A$ 40", 4000, 0, "AUD", "a$ 40"},
	} {
		m, ok := first(lexicon.Sums(c.text))
		if !ok || m.Minor() != c.minor || m.High != c.high || m.Currency != c.currency || m.Text != c.said {
			t.Errorf("%s: %v %d %v %s %q, want %d %v %s %q", c.text, ok, m.Minor(), m.High, m.Currency, m.Text, c.minor, c.high, c.currency, c.said)
		}
	}
	for _, text := range []string{"三块蛋糕", "五角大楼", "七分糖", "2 pounds of beef", "三杯拿铁", "元旦", "5分钟", "room 302", "try 2 lattes", "两毛巾"} {
		if m, ok := first(lexicon.Sums(text)); ok {
			t.Errorf("%s: found the sum %q", text, m.Text)
		}
	}
}

func TestPercents(t *testing.T) {
	for text, want := range map[string]float64{"25%": 25, "百分之五": 5, "三成": 30, "八折": 80, "75折": 75, "ten percent": 10, "千分之二": 0.2} {
		ps := lexicon.Percents(text)
		if len(ps) != 1 || ps[0].Value != want {
			t.Errorf("%s: %+v, want %v", text, ps, want)
		}
	}
}

// first is the first of what was found.
func first[T any](all []T) (v T, ok bool) {
	if len(all) == 0 {
		return v, false
	}
	return all[0], true
}
