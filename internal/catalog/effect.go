package catalog

import (
	"regexp"
	"strings"
	"unicode"
)

// EffectHints is what is known of a capability beside its words.
type EffectHints struct {
	ReadOnly    *bool // MCP readOnlyHint, nil when not given
	Destructive *bool // MCP destructiveHint
	Idempotent  *bool // MCP idempotentHint
	Undo        bool  // a sibling takes it back, see HasUndo
}

// The verb lexicon: general words of services, in both languages; no merchant's own words.
var (
	readVerbs = words(`search list get query view show find browse read fetch lookup describe recommend suggest
		estimate quote calculate compute compare preview check count track locate explore filter discover retrieve
		inspect watch ask explain detail details is has can nearby available availability`)
	weakReads  = words(`select choose pick open`) // reads unless their description says that they keep or take something
	readNouns  = words(`status detail details info information history menu list quote quotes estimate estimates price prices availability options search catalog catalogue lookup`)
	payVerbs   = words(`pay charge transfer refund withdraw topup recharge purchase buy remit donate tip payout debit deduct`)
	payNouns   = words(`payment refund transfer withdrawal charge payout debit`)
	makeVerbs  = words(`create add make new append insert draft prepare prepay open start save hold lock set update edit change modify put write choose apply`)
	bindVerbs  = words(`submit confirm place book reserve order request schedule send dispatch checkout call hire rent issue subscribe register sign accept finish complete redeem claim post publish`)
	undoVerbs  = words(`cancel remove delete clear discard drop void release undo unsubscribe reset`)
	softNouns  = words(`cart basket bag draft wishlist favorite favorites favourite favourites item items line note remark address addresses profile preference preferences option options quantity selection filter trip-plan itinerary`)
	glueTokens = words(`to from in of for the a an by my with and all current one`)
)

var (
	reRead = regexp.MustCompile(`^(?:查询|查看|查找|查|检索|搜索|搜|获取|列出|浏览|推荐|展示|显示|看看|看一下|看(?:购物车|订单)|估价|估算|预估|计算|比较|对比|预览|读取|询价|选择)`)
	reMake = regexp.MustCompile(`^(?:确认.{0,12})?(?:【?新建】?|创建|生成|锁定|预占|预留|占用|加入|添加|追加|保存|设置|更新|修改|准备|结算)`)
	reBind = regexp.MustCompile(`^(?:提交|确认|下单|预订|预定|预约|叫车|呼叫|发送|派单|报名|开通|订阅)`)
	reUndo = regexp.MustCompile(`^(?:取消|删除|移除|清空|撤销|退订|释放)`)
	rePay  = regexp.MustCompile(`^(?:支付|付款|扣款|转账|退款|充值|提现|购买|打赏|代付)`)

	// Money moves in the call itself.
	reCharges = regexp.MustCompile(`(?i)(?:立即|直接|自动|马上|同时)(?:扣款|扣费|支付|付款)|免密(?:支付|扣款)|\bcharge[sd]? (?:the|your|a|their|to)\b|\bcharged? (?:immediately|at once|right away)|\b(?:deducts?|debits?)\b|\bpays? (?:for )?(?:the|an|this) order\b`)
	// The result waits for a payment that is made elsewhere.
	reUnpaid = regexp.MustCompile(`(?i)待支付|待付款|未支付|未付款|等待支付|等待付款|尚未支付|支付前|付款前|不扣款|不会扣款|未扣款|草稿|去支付|结算页|收银台|prepay|\bunpaid\b|\bpending\b|\bawaiting (?:payment|confirmation)\b|\buntil (?:it is )?paid\b|\bbefore (?:it is )?pa(?:id|yment|ying)\b|\bnot (?:yet )?(?:charged|paid)\b|\bno(?:thing is)? charged?\b|\bdraft\b|\bprovisional\b|\bhold(?:s)? (?:it|the)\b|\bwait(?:s|ing)?[ _](?:for[ _])?pay|(?:还|尚|并)没有?(?:支付|付款|扣款)|` + held)
	// A later call replaces it, or lets it go by itself.
	reReplaced = regexp.MustCompile(`(?i)` + held + `|覆盖|可取消|可以取消|免费取消|随时取消|自动取消|过期自动|超时自动|\boverwrit|\breplaces? (?:the|any)\b|\bcan be cancell?ed\b|\bfree cancell?ation\b|\bexpires?\b`)
	// A "select" that takes something.
	reTakes = regexp.MustCompile(`(?i)锁定|占用|占座|锁座|预留|下单|\block(?:s|ed)?\b|\breserv|\bholds?\b|\bplaces?\b|\bcreates?\b|\badds?\b`)

	// It only goes into a basket.
	reBasket = regexp.MustCompile(`(?i)\b(?:to|into|in) (?:the|your|a) (?:\w+ )?(?:basket|cart|bag)\b|(?:加入|放入|放进|添加到?).{0,8}(?:购物车|篮)`)

	reNegation = regexp.MustCompile(`(?i)(?:不会?|未|没有|无需|禁止|并非|尚未|\bnot|\bnever|\bwithout|n't|\bdoesn't|\bdoes not|\bwill not)\s*(?:\p{Han}{0,4}|\w* ?)$`)
	reSentence = regexp.MustCompile(`[.。!！;；\n]`)
	reTag      = regexp.MustCompile(`^[【\[(（][^】\])）]{0,20}[】\])）]\s*`)
)

// held is what is only kept for a while: it waits for something else, and is let go by itself.
const held = `\b(?:holds?|locks?)\b[^.。]{0,60}\bfor (?:\d+|ten|fifteen|twenty|thirty) ?(?:min|hour|sec)|(?:锁定|预占|保留|占用)[^。；]{0,12}\d+ ?(?:分钟|小时)`

// maxEffectText bounds how much of a description is looked at.
const maxEffectText = 4_000

// ClassifyEffect classes what calling a capability does from its own words, its output schema, whether its
// flow goes on at a page of the merchant's, and hints. What the words leave open is Irreversible: a wrong
// guess then costs a question, not money. why names the evidence, for the merchant and the operator.
func ClassifyEffect(name, description string, output *Schema, hasHandoff bool, hints EffectHints) (Effect, string) {
	description = WithoutRoute(description)
	if len(description) > maxEffectText {
		description = strings.ToValidUTF8(description[:maxEffectText], "")
	}
	kind, why := effectKind(name, description)
	effect := Irreversible
	switch kind {
	case kindPay:
		return Payment, why
	case kindRead:
		effect = Read
	case kindSoft:
		effect = Reversible
	case kindMake, kindBind:
		effect, why = weighMaking(kind, why, description, output, hasHandoff, hints.Undo)
	case kindUnknown:
		why = "no known verb in name or description"
	}
	return applyHints(effect, kind, why, hints)
}

// HasUndo tells whether one of a service's capability names takes back what the named one does
// (createOrder / cancelOrder, addToCart / removeCartItem).
func HasUndo(name string, siblings []string) bool {
	mine := objects(nameTokens(name))
	for _, s := range siblings {
		tokens := nameTokens(s)
		if s == name || len(tokens) == 0 || !undoVerbs[tokens[0]] {
			continue
		}
		theirs := objects(tokens)
		if len(theirs) == 0 {
			return true
		}
		for o := range theirs {
			if mine[o] {
				return true
			}
		}
	}
	return false
}

type effectKindOf int

const (
	kindUnknown effectKindOf = iota
	kindRead
	kindSoft // changes something of the person's own that can be set again
	kindMake // makes something
	kindBind // binds the merchant or the person
	kindUndo
	kindPay
)

// effectKind reads name and description for the verb.
func effectKind(name, description string) (effectKindOf, string) {
	if m := positiveMatch(reCharges, description); m != "" {
		return kindPay, "description says it moves money: " + m
	}
	tokens := nameTokens(name)
	if kind, verb := kindOfTokens(tokens, description); kind != kindUnknown {
		return kind, "name: " + verb
	}
	return kindOfSentence(firstSentence(description), description)
}

func kindOfTokens(tokens []string, description string) (effectKindOf, string) {
	if len(tokens) == 0 {
		return kindUnknown, ""
	}
	if kind, verb := kindOfVerb(tokens[0], tokens[1:], description); kind != kindUnknown {
		return kind, verb
	}
	last := tokens[len(tokens)-1] // order_create, ride_quote
	if len(tokens) > 1 {
		if kind, verb := kindOfVerb(last, tokens[:len(tokens)-1], description); kind != kindUnknown {
			return kind, verb
		}
		if readNouns[last] {
			return kindRead, last
		}
	}
	return kindUnknown, ""
}

func kindOfVerb(verb string, rest []string, description string) (effectKindOf, string) {
	switch {
	case readVerbs[verb]:
		return kindRead, verb
	case weakReads[verb]:
		if m := positiveMatch(reTakes, firstSentence(description)); m != "" {
			return kindMake, verb + ", description: " + m
		}
		return kindRead, verb
	case payVerbs[verb]:
		return kindPay, verb
	case undoVerbs[verb]:
		if anyOf(rest, softNouns) {
			return kindSoft, verb + " of something that can be added again"
		}
		return kindUndo, verb
	case (makeVerbs[verb] || bindVerbs[verb]) && anyOf(rest, payNouns):
		return kindPay, verb + " a payment"
	case makeVerbs[verb] && (anyOf(rest, softNouns) || reBasket.MatchString(firstSentence(description))):
		return kindSoft, verb + " of something that can be set again"
	case makeVerbs[verb]:
		return kindMake, verb
	case bindVerbs[verb]:
		if len(rest) > 0 && readNouns[rest[len(rest)-1]] { // orderStatus
			return kindRead, rest[len(rest)-1]
		}
		return kindBind, verb
	}
	return kindUnknown, ""
}

// kindOfSentence reads the first sentence, where the name says nothing.
func kindOfSentence(sentence, description string) (effectKindOf, string) {
	for _, c := range []struct {
		re   *regexp.Regexp
		kind effectKindOf
	}{{rePay, kindPay}, {reUndo, kindUndo}, {reRead, kindRead}, {reMake, kindMake}, {reBind, kindBind}} {
		if m := c.re.FindString(sentence); m != "" {
			return c.kind, "description: " + m
		}
	}
	if m := reBasket.FindString(sentence); m != "" {
		return kindSoft, "description: " + m
	}
	fields := strings.Fields(strings.ToLower(sentence))
	if len(fields) == 0 {
		return kindUnknown, ""
	}
	verb := strings.Trim(fields[0], `"',:`)
	for _, form := range []string{verb, strings.TrimSuffix(verb, "s"), strings.TrimSuffix(verb, "es")} {
		if form == "return" {
			return kindRead, "description: " + verb
		}
		if kind, v := kindOfVerb(form, fields[1:min(len(fields), 6)], description); kind != kindUnknown {
			return kind, "description: " + v
		}
	}
	return kindUnknown, ""
}

// weighMaking decides whether something made can be dropped without loss: payment must still lie ahead, and there must be a way back.
func weighMaking(kind effectKindOf, why, description string, output *Schema, hasHandoff, undo bool) (Effect, string) {
	unpaid := reUnpaid.FindString(description) // these phrases carry their own negation
	if unpaid == "" {
		unpaid = unpaidOutput(output)
	}
	if unpaid == "" && hasHandoff && kind == kindMake {
		unpaid = "goes on at a page"
	}
	back := reReplaced.FindString(description)
	if back == "" && undo {
		back = "a sibling takes it back"
	}
	if unpaid != "" && back != "" {
		return Reversible, why + "; unpaid: " + unpaid + "; way back: " + back
	}
	if unpaid == "" {
		return Irreversible, why + "; nothing says that payment comes later"
	}
	return Irreversible, why + "; nothing says how to take it back"
}

// unpaidOutput looks for a state of the result that waits for payment.
func unpaidOutput(output *Schema) string {
	if output == nil {
		return ""
	}
	for _, p := range output.Properties {
		lower := strings.ToLower(p.Name)
		if strings.HasPrefix(lower, "prepay") || lower == "paymenturl" || lower == "payment_url" {
			return "output " + p.Name
		}
		if !strings.Contains(lower, "status") && !strings.Contains(lower, "state") {
			continue
		}
		if m := reUnpaid.FindString(p.Schema.Description); m != "" {
			return "output " + p.Name + ": " + m
		}
		for _, v := range p.Schema.Enum {
			if s, ok := v.(string); ok && reUnpaid.MatchString(s) {
				return "output " + p.Name + ": " + s
			}
		}
	}
	return ""
}

// applyHints lets annotations raise an effect, and lower only what the words leave open.
func applyHints(effect Effect, kind effectKindOf, why string, h EffectHints) (Effect, string) {
	if h.Destructive != nil && *h.Destructive && (h.ReadOnly == nil || !*h.ReadOnly) {
		return Irreversible, why + "; annotated destructive"
	}
	if h.ReadOnly == nil {
		return effect, why
	}
	if *h.ReadOnly {
		if kind == kindUnknown || kind == kindRead {
			return Read, why + "; annotated read-only"
		}
		return effect, why + "; annotated read-only against its own words"
	}
	if effect == Read {
		if h.Destructive != nil {
			return Reversible, why + "; annotated as writing, not destructive"
		}
		return Irreversible, why + "; annotated as writing"
	}
	return effect, why
}

// nameTokens splits camelCase, snake_case and kebab-case; the name's last path segment only.
func nameTokens(name string) []string {
	if i := strings.LastIndexAny(name, "./:"); i >= 0 {
		name = name[i+1:]
	}
	return strings.FieldsFunc(NameWords(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// objects is what a name is about: its tokens but the verb, in singular.
func objects(tokens []string) map[string]bool {
	out := map[string]bool{}
	for _, t := range tokens {
		if !glueTokens[t] && !undoVerbs[t] && !makeVerbs[t] && !bindOnly(t) {
			out[strings.TrimSuffix(t, "s")] = true
		}
	}
	return out
}

// bindOnly are binding verbs that are not also nouns (an order, a request).
func bindOnly(t string) bool { return bindVerbs[t] && t != "order" && t != "request" }

func anyOf(tokens []string, set map[string]bool) bool {
	for _, t := range tokens {
		if set[t] {
			return true
		}
	}
	return false
}

// positiveMatch finds a match that is not negated right before it.
func positiveMatch(re *regexp.Regexp, text string) string {
	for _, at := range re.FindAllStringIndex(text, 8) {
		if !reNegation.MatchString(text[max(0, at[0]-24):at[0]]) {
			return text[at[0]:at[1]]
		}
	}
	return ""
}

func firstSentence(text string) string {
	text = strings.TrimSpace(text)
	for {
		cut := reTag.ReplaceAllString(text, "")
		if cut == text {
			break
		}
		text = cut
	}
	if at := reSentence.FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	return strings.TrimSpace(text)
}

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
