package shelf_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/assist/understand/shelf"
)

func values(lines ...string) []shelf.Value {
	var out []shelf.Value
	for _, l := range lines {
		ws := strings.Split(l, "|")
		out = append(out, shelf.Value{Value: ws[0], Words: ws})
	}
	return out
}

var amounts = values("little|light|a little|少", "plenty|extra|lots of|多")

// bakery sells bread with spreads in one list and drinks in another.
func bakery() *shelf.Shelf {
	size := shelf.Slot{Name: "size", Role: shelf.One, Values: values("small", "regular|medium", "large|big")}
	return shelf.New([]shelf.Kind{
		{Nouns: []string{"bread"}, Slots: []shelf.Slot{
			{Name: "bread", Role: shelf.Head, Values: values("rye bagel|rye bagels", "sesame bagel", "bagel", "sourdough toast", "walnut loaf")},
			{Name: "spread", Role: shelf.Many, Deny: true, Grades: amounts, Values: values("butter", "fig jam", "plum jam", "goat cheese", "honey", "chives")},
			{Name: "slices", Role: shelf.Number, Values: []shelf.Value{{Words: []string{"ham slice", "slice of ham", "extra ham slice"}}}},
		}},
		{Nouns: []string{"drink"}, Unnamed: true, Slots: []shelf.Slot{
			{Name: "drink", Role: shelf.Head, Values: values("filter coffee|coffee", "flat white", "malt coffee", "cocoa", "ristretto", "peppermint tea|mint tea")}, size,
			{Name: "milk", Role: shelf.One, Values: values("oat milk|oat", "soy milk|soy")},
			{Name: "shots", Role: shelf.Number, Values: []shelf.Value{{Value: "shot", Words: []string{"extra shot", "ristretto shot", "shot", "shot of ristretto"}}}},
		}},
	})
}

// teahouse sells drinks with toppings, in Chinese, and snacks.
func teahouse() *shelf.Shelf {
	return shelf.New([]shelf.Kind{
		{Slots: []shelf.Slot{
			{Name: "drink", Role: shelf.Head, Values: values("茉莉奶绿", "四季春茶", "芋泥奶茶", "红茶拿铁", "杨梅冰沙")},
			{Name: "cup", Role: shelf.One, Values: values("中杯", "大杯")},
			{Name: "sugar", Role: shelf.One, Values: values("全糖|正常糖", "半糖|五分糖", "少糖|三分糖", "无糖|不加糖")},
			{Name: "ice", Role: shelf.One, Values: values("去冰|不加冰", "少冰", "热|热的")},
			{Name: "topping", Role: shelf.Many, Deny: true, Grades: amounts, Values: values("珍珠", "椰果", "芋圆", "奶盖")},
		}},
		{Slots: []shelf.Slot{
			{Name: "snack", Role: shelf.Head, Values: values("盐酥鸡", "薯条", "蛋挞")},
			{Name: "flavour", Role: shelf.Many, Deny: true, Values: values("辣椒粉", "葱花", "番茄酱")},
		}},
	})
}

// write tells items in short: count, then what was chosen.
func write(s *shelf.Shelf, items []shelf.Item) string {
	var out []string
	for _, it := range items {
		var cs []string
		for _, c := range it.Choices {
			w := fmt.Sprint(s.Value(it.Kind, c))
			if c.Denied {
				w = "-" + w
			}
			if c.Grade >= 0 {
				w += "=" + fmt.Sprint(amounts[c.Grade].Value)
			}
			if c.Count > 0 {
				w += fmt.Sprintf("*%d", c.Count)
			}
			cs = append(cs, w)
		}
		slices.Sort(cs)
		out = append(out, fmt.Sprintf("%d %s", it.Count, strings.Join(cs, " ")))
	}
	return strings.Join(out, "; ")
}

func TestRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		shelf *shelf.Shelf
		text  string
		want  string
	}{
		{bakery(), "two rye bagels with butter and fig jam and a large flat white", "2 butter fig jam rye bagel; 1 flat white large"},
		{bakery(), "a sesame bagel with goat cheese chives large cocoa", "1 chives goat cheese sesame bagel; 0 cocoa large"},
		{bakery(), "sourdough toast no butter or honey but extra plum jam", "0 -butter -honey plum jam=plenty sourdough toast"},
		{bakery(), "walnut loaf with a tiny bit of honey, two ham slices and a small coffee", "0 <nil>*2 honey=little walnut loaf; 1 filter coffee small"},
		{bakery(), "can i get a fig jam bagel", "1 bagel fig jam"},
		{bakery(), "three bagels one with butter", "2 bagel; 1 bagel butter"},
		{bakery(), "two flat whites, one large and one small", "1 flat white large; 1 flat white small"},
		{bakery(), "a small flat white and a large one", "1 flat white small; 1 flat white large"},
		{bakery(), "a large oat and a sesame bagle with honney", "1 large oat milk; 1 honey sesame bagel"},
		{bakery(), "cocoa and a rye bagel with oat milk and butter", "0 cocoa oat milk; 1 butter rye bagel"},
		{bakery(), "a flat white no bagel", "1 flat white"},
		{bakery(), "one slice of butter on a bagel", "1 bagel butter"},
		{bakery(), "large oat coffee add ristretto", "0 filter coffee large oat milk shot*1"},
		{bakery(), "a flat white with two extra shots and a ristretto", "1 flat white shot*2; 1 ristretto"},
		{bakery(), "a small flat white and a large lemonade", "1 flat white small"},
		{bakery(), "my back hurts", ""},
		{teahouse(), "两杯大杯少糖的芋泥奶茶加珍珠，一杯茉莉奶绿去冰", "2 大杯 少糖 珍珠 芋泥奶茶; 1 去冰 茉莉奶绿"},
		{teahouse(), "三杯红茶拿铁，两杯半糖一杯无糖", "2 半糖 红茶拿铁; 1 无糖 红茶拿铁"},
		{teahouse(), "芋泥奶茶两杯，四季春茶一杯去冰", "2 芋泥奶茶; 1 去冰 四季春茶"},
		{teahouse(), "一杯杨梅冰沙不要椰果和芋圆，多放珍珠，再来一份薯条不要番茄酱", "1 -椰果 -芋圆 杨梅冰沙 珍珠=plenty; 1 -番茄酱 薯条"},
		{teahouse(), "盐酥鸡和薯条各两份，葱花不要", "2 盐酥鸡; 2 -葱花 薯条"},
		{teahouse(), "一杯四季春茶和一杯红茶拿铁，都要少冰", "1 四季春茶 少冰; 1 少冰 红茶拿铁"},
		{teahouse(), "要一份薯条，一杯大杯的茉莉奶绿，少放点奶盖", "1 薯条; 1 大杯 奶盖=little 茉莉奶绿"},
		{teahouse(), "明天会下雨吗", ""},
	} {
		if got := write(c.shelf, c.shelf.Read(c.text)); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}
