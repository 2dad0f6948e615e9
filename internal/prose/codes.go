package prose

import (
	"regexp"
	"strings"
)

var (
	bracketed = regexp.MustCompile("\\[([^\\]\\s]{1,60})\\]|【([^】\\s]{1,60})】|`([^`\\s]{1,60})`")
	named     = regexp.MustCompile(`(?i)(?:\b([a-z]+)\s+)?\b(id|code|ref|reference|no|number|token|key|sku)\b\.?\s*(?:is|[:：#=])?\s*[:：#]?\s*([\w][\w/#:.-]{0,79})|(\p{Han}{0,4}?)(编号|单号|号码|编码|代码|凭证号|券码|取票码|流水号|号)\s*(?:是|为)?\s*[:：]\s*([\w][\w/#:.-]{0,79})`)
	noun      = regexp.MustCompile(`(?i)\b([a-z]{3,20})\s+#?([a-z0-9][\w-]{1,59})\b`)
	emptied   = regexp.MustCompile(`[(（]\s*[)）]`)
	hashed    = regexp.MustCompile(`#([\w-]{2,40})\b`)
	bare      = regexp.MustCompile(`[A-Za-z0-9][\w-]*(?:[:/][\w./-]+)*`)
	measure   = regexp.MustCompile(`(?i)^\d+(?:[.x-]\d+)?(?:[a-z%]{1,4})?$`)
	dateLike  = regexp.MustCompile(`^\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?(?:T[\d:.+Z-]*)?$`)
	moneyCode = regexp.MustCompile(`(?i)^(?:cny|rmb|usd|hkd|eur|gbp)\d*$`)
	plainNo   = map[string]bool{"no": true, "number": true, "code": true, "id": true, "key": true, "ref": true, "reference": true, "token": true, "sku": true}
)

// codes takes the codes out of a line and notes each under what the line calls it; what is left is for people. Those in brackets
// or behind a label go first; what only looks like a code counts where there is none.
func codes(line string, r map[string]any) string {
	found := false
	rest := bracketed.ReplaceAllStringFunc(line, func(m string) string {
		v := strings.Trim(m, "[]【】`")
		if !isCode(v, true) {
			return m
		}
		set(r, "code", v)
		found = true
		return " "
	})
	rest = named.ReplaceAllStringFunc(rest, func(m string) string {
		g := named.FindStringSubmatch(m)
		v := strings.TrimRight(g[3]+g[6], ".,:-")
		if !isCode(v, true) {
			return m
		}
		set(r, codeKey(g[1], g[2], g[4], g[5]), v)
		found = true
		return " "
	})
	if found {
		return emptied.ReplaceAllString(rest, " ")
	}
	for _, m := range noun.FindAllStringSubmatch(rest, maxFields) {
		if v := m[2]; isCode(v, false) {
			set(r, strings.ToLower(m[1])+"_id", v)
			return strings.Replace(rest, v, " ", 1)
		}
	}
	for _, m := range hashed.FindAllStringSubmatch(rest, 1) {
		set(r, "no", "#"+m[1])
		return strings.Replace(rest, m[0], " ", 1)
	}
	for _, v := range bare.FindAllString(rest, maxFields) {
		if isCode(v, false) {
			set(r, "code", v)
			return strings.Replace(rest, v, " ", 1)
		}
	}
	return rest
}

// isCode tells that a word is a code rather than a word, a number, a date, a measure or a sum. Where the text says that it is
// one (told), a plain number may be one too.
func isCode(v string, told bool) bool {
	if dateLike.MatchString(v) || moneyCode.MatchString(v) || clock.MatchString(v) || !strings.ContainsAny(v, "0123456789") {
		return told && len(v) > 2 && strings.ToUpper(v) == v && hasLetter(v) && !dateLike.MatchString(v) && !moneyCode.MatchString(v)
	}
	if told {
		return true
	}
	letters := strings.ContainsFunc(v, func(c rune) bool { return c >= 'A' && c <= 'Z' })
	return !measure.MatchString(v) && len(v) > 2 && (letters || strings.ContainsAny(v, "_:/") || strings.Contains(v, "-") && hasLetter(v))
}

// codeKey is what a code is kept under: the thing it is of and that it is one.
func codeKey(of, kind, ofHan, kindHan string) string {
	if kindHan != "" {
		switch {
		case strings.Contains(ofHan+kindHan, "单") || kindHan == "流水号":
			return "order_no"
		case kindHan == "编号" || kindHan == "编码" || kindHan == "代码":
			return "code"
		}
		return "no"
	}
	of, kind = strings.ToLower(of), strings.ToLower(kind)
	if kind == "reference" {
		kind = "ref"
	}
	if kind == "number" {
		kind = "no"
	}
	if of == "" || plainNo[of] || len(of) < 3 || of == "the" || of == "your" {
		return kind
	}
	return of + "_" + kind
}

// labels are what merchants write in front of a value, and the names that readers of results know.
var labels = map[string]string{
	"名称": "name", "品名": "name", "标题": "title", "商品": "name", "价格": "price", "单价": "price", "售价": "price", "合计": "total", "总价": "total", "总计": "total", "应付": "total", "实付": "total", "金额": "amount", "共计": "total",
	"日期": "date", "时间": "time", "时段": "time", "地址": "address", "库存": "stock", "余票": "stock", "剩余": "remaining", "距离": "distance", "评分": "rating", "状态": "status", "编号": "code", "编码": "code", "单号": "order_no", "订单号": "order_no", "电话": "phone",
}

// keyOf is the name of a labelled value: the label as an identifier; a label for the code that a value is says so.
func keyOf(label, value string) string {
	label = strings.ToLower(clean(label))
	if k, ok := labels[label]; ok {
		return k
	}
	k := strings.Trim(strings.Map(func(c rune) rune {
		if c == ' ' || c == '/' || c == '-' || c == '(' || c == ')' {
			return '_'
		}
		return c
	}, label), "_")
	if !plainNo[k] && isCode(value, false) && !strings.ContainsAny(value, " ") && !amount.MatchString(value) {
		if at := strings.LastIndexByte(k, '_'); at < 0 || !plainNo[k[at+1:]] {
			k += "_id"
		}
	}
	return k
}
