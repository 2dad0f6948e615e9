package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bangwo/bangwo/internal/money"
)

// What merchants call the parts of an element, in the order of preference (our own list, from JSON in the wild; the
// short ones are initials of pinyin, as merchants in China write them).
var (
	titleKeys    = []string{"name", "title", "displayName", "display_name", "productName", "product_name", "goodsName", "goods_name", "itemName", "label", "subject", "type", "category", "名称", "标题"}
	detailKeys   = []string{"description", "desc", "subtitle", "summary", "intro", "address", "brand", "guige", "dizhi", "dz"}
	priceKeys    = []string{"price", "amount", "totalPrice", "total_price", "total", "fare", "fee", "cost", "estimate", "estimatedPrice", "estimated_price", "salePrice", "minPrice", "价格", "jiage", "danjia", "jine", "jg", "dj", "je"}
	distanceKeys = []string{"distance", "distanceMeters", "distance_m", "distanceKm", "distance_km", "dist", "距离", "juli", "jl"}
	ratingKeys   = []string{"rating", "score", "stars", "评分"}
	soonKeys     = []string{"eta", "etaMinutes", "eta_minutes", "waitMinutes", "wait_minutes", "duration", "minutes"}
	stockKeys    = []string{"stock", "inventory", "remaining", "available", "inStock", "in_stock", "soldOut", "sold_out", "isOpen", "is_open", "open", "库存", "kucun", "kc", "shengyu"}
)

// TitleOf is an element's name for people: its name-like member, or itself when it is text.
func TitleOf(e any) string {
	switch v := e.(type) {
	case string:
		return v
	case map[string]any:
		for _, k := range titleKeys {
			if s, ok := v[k].(string); ok && s != "" {
				return s
			}
		}
		for _, k := range sortedKeys(v) {
			if s, ok := v[k].(string); ok && namesIt(k) && s != "" {
				return s
			}
		}
		for _, k := range sortedKeys(v) {
			if m, ok := v[k].(map[string]any); ok && TitleOf(m) != "" {
				return TitleOf(m)
			}
		}
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// namesIt tells that a member is called a name: by its English, or as the initials of Chinese words are written (mc for 名称).
func namesIt(key string) bool {
	low := strings.ToLower(key)
	return slices.ContainsFunc([]string{"name", "mc", "mingcheng", "mingzi", "biaoti"}, func(end string) bool { return strings.HasSuffix(low, end) })
}

// NamesOf lists other names of the element (in the other language, aliases).
func NamesOf(e any) []string {
	m, _ := e.(map[string]any)
	out := sidesOf(TitleOf(e))
	for _, k := range sortedKeys(m) {
		low := strings.ToLower(k)
		if !slices.Contains(langMarks, low) && !strings.Contains(low, "name") && !strings.Contains(low, "alias") && !strings.Contains(low, "title") && !namesIt(k) && !strings.Contains(low, "bieming") && low != "type" && low != "code" {
			continue
		}
		switch v := m[k].(type) {
		case string:
			out = append(append(out, v), sidesOf(v)...)
		case []any:
			for _, x := range v {
				out = append(out, fmt.Sprint(x))
			}
		case map[string]any:
			for _, kk := range sortedKeys(v) {
				out = append(out, fmt.Sprint(v[kk]))
			}
		}
	}
	return out
}

func textsOf(e any) []string {
	m, _ := e.(map[string]any)
	var out []string
	for _, k := range sortedKeys(m) {
		switch v := m[k].(type) {
		case string:
			out = append(out, v)
		case []any:
			for _, x := range v {
				if s, ok := x.(string); ok {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

func detailOf(e any) string {
	m, _ := e.(map[string]any)
	for _, k := range detailKeys {
		if s, ok := m[k].(string); ok && s != "" && s != TitleOf(e) {
			return clip(s, 80)
		}
	}
	return ""
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}

func number(e any, keys []string) (float64, bool) {
	m, _ := e.(map[string]any)
	for _, k := range keys {
		switch v := m[k].(type) {
		case float64:
			return v, true
		case string:
			digits := strings.TrimFunc(v, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
			if f, err := strconv.ParseFloat(digits, 64); err == nil {
				if strings.Contains(strings.ToLower(v), "km") || strings.Contains(v, "公里") {
					f *= 1000
				}
				return f, true
			}
		case map[string]any:
			if f, ok := number(v, []string{"amount", "value", "total"}); ok {
				return f, true
			}
		}
	}
	return 0, false
}

// otherPrice are members with a price that is not what the element costs.
var otherPrice = regexp.MustCompile(`original|market|old|list|deposit|discount|delivery|min|start|cancel|service`)

// priceOf reads a price for comparing within one list only; the money that is paid comes from a quote.
func priceOf(e any) (int64, bool) {
	if f, ok := number(e, priceKeys); ok {
		a, err := money.FromMajor(f, money.CNY)
		return a.Minor, err == nil
	}
	m, _ := e.(map[string]any)
	for _, k := range sortedKeys(m) {
		low := strings.ToLower(k)
		if v, ok := m[k].(float64); ok && (strings.Contains(low, "fen") || strings.Contains(low, "cents") || strings.Contains(low, "minor")) && v >= 0 {
			return int64(v), true
		}
	}
	for _, k := range sortedKeys(m) {
		low := strings.ToLower(k)
		if f, ok := m[k].(float64); ok && f >= 0 && (strings.Contains(low, "price") || strings.Contains(low, "fare") || strings.Contains(low, "fee") && !strings.Contains(low, "feed")) && !otherPrice.MatchString(low) {
			a, err := money.FromMajor(f, money.CNY)
			return a.Minor, err == nil
		}
	}
	return 0, false
}

// unavailable tells whether the element itself says that it cannot be had now.
func unavailable(e any) bool {
	m, _ := e.(map[string]any)
	for k, v := range m {
		if !slices.Contains(stockKeys, k) {
			continue
		}
		soldOut := strings.HasPrefix(strings.ToLower(k), "sold")
		switch x := v.(type) {
		case bool:
			if x == soldOut {
				return true
			}
		case float64:
			if x <= 0 && !soldOut {
				return true
			}
		}
	}
	return false
}
