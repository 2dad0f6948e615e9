package catalog

import (
	"regexp"
	"slices"
	"strings"
)

// Words of calls that finish what another call has begun, and of what comes long after the order and finishes nothing.
var (
	finishVerbs = words(`confirm pay checkout submit finalize finalise finish complete commit place book purchase buy settle capture`)
	aftermath   = words(`receipt received delivery arrival arrived review comment rating invoice feedback return refund reschedule cancellation change`)
	holdVerbs   = words(`hold lock quote draft prepare prebook preorder preview estimate block freeze stage`)

	reFinish    = regexp.MustCompile(`(?i)^(?:确认|提交|支付|付款|完成|结算|下单|confirm|pay|check ?out|submit|finali[sz]e|complete|finish|place|settle)`)
	reAftermath = regexp.MustCompile(`(?i)收货|签收|评价|发票|退款|改签|\breceipt|\breview|\binvoice|\brefund`)
	reLapses    = regexp.MustCompile(`(?i)锁定|锁场|锁座|占座|预占|暂留|保留\s*\d+|\d+\s*(?:分钟|小时|秒)(?:内|后)?|过期|失效|超时|\bholds?\b|\block(?:s|ed)?\b|\bfor \d+ (?:min|hour|sec)|\bexpir|\bvalid (?:for|until)|\blapses?\b|\bnothing is (?:booked|ordered|charged)`)
	lapseNames  = words(`expires expire expiry expiration ttl deadline valid validity hold until`)
)

// WeighTogether classes a service's capabilities again where they stand beside each other: what begins something that a
// sibling must finish (a hold that is confirmed, a draft that is submitted), and that lapses or can be taken back when it
// is not finished, is Reversible. It changes effects in place, never to a lower class than an annotation gave.
func WeighTogether(cs []Capability) {
	for i, c := range cs {
		if c.Effect != Irreversible || strings.Contains(c.EffectWhy, "annotated") {
			continue
		}
		for _, f := range cs {
			if f.Name == c.Name || f.Skill != c.Skill || !finishes(f, c) {
				continue
			}
			if back := lapses(c, cs); back != "" {
				cs[i].Effect = Reversible
				cs[i].EffectWhy = c.EffectWhy + "; " + f.Name + " finishes it; way back: " + back
				break
			}
		}
	}
}

// finishes tells that f takes what c made and ends it with an order.
func finishes(f, c Capability) bool {
	if f.Effect == Read || f.Input == nil {
		return false
	}
	tokens := nameTokens(f.Name)
	if len(tokens) == 0 || anyOf(tokens, aftermath) || reAftermath.MatchString(firstSentence(f.Description)) {
		return false
	}
	if !finishVerbs[tokens[0]] && !finishVerbs[tokens[len(tokens)-1]] && !reFinish.MatchString(firstSentence(f.Description)) {
		return false
	}
	for _, p := range f.Input.Properties {
		if p.Required && handle(p.Name) && makes(c, f, p) {
			return true
		}
	}
	return false
}

var reHandle = regexp.MustCompile(`(?i)(?:id|no|number|code|token|ref|reference|key|handle|hold|quote|lock|draft)$`)

func handle(name string) bool { return reHandle.MatchString(name) }

// makes tells that a call's result holds the value of an input of f, and that it needs no such value itself.
func makes(c, f Capability, p Property) bool {
	if c.Input != nil {
		if _, takes := c.Input.Property(p.Name); takes {
			return false
		}
	}
	if strings.Contains(p.Schema.Description, c.Name) {
		return true
	}
	if !c.Undeclared() {
		return outputs(c.Output, p.Name, 0)
	}
	mine, theirs := nameTokens(c.Name), nameTokens(p.Name)
	if len(theirs) == 1 && theirs[0] == "id" && c.Effect != Read {
		theirs = objectsOf(f.Name) // a bare id is of what the call is named for
	}
	return slices.ContainsFunc(theirs, func(t string) bool {
		return slices.Contains(mine, t) || slices.Contains(mine, t+"s")
	})
}

// objectsOf is what a name is about, without the verb and its own ids.
func objectsOf(name string) []string {
	return slices.DeleteFunc(nameTokens(name), func(t string) bool { return finishVerbs[t] || t == "id" })
}

// maxOutputDepth bounds how deep an output schema is looked into.
const maxOutputDepth = 4

func outputs(s *Schema, name string, depth int) bool {
	if s == nil || depth > maxOutputDepth {
		return false
	}
	flat := func(n string) string { return strings.Join(nameTokens(n), "") }
	for _, p := range s.Properties {
		if flat(p.Name) == flat(name) || outputs(p.Schema, name, depth+1) {
			return true
		}
	}
	return false // what stands in a list is there already, it was not made
}

// lapses tells how what was begun goes away by itself or can be taken back; "" when nothing says so.
func lapses(c Capability, siblings []Capability) string {
	tokens := nameTokens(c.Name)
	if len(tokens) > 0 && (holdVerbs[tokens[0]] || holdVerbs[tokens[len(tokens)-1]]) {
		return "a hold by name"
	}
	if m := reLapses.FindString(c.Description); m != "" {
		return m
	}
	if c.Output != nil {
		for _, p := range c.Output.Properties {
			if anyOf(nameTokens(p.Name), lapseNames) {
				return "output " + p.Name
			}
		}
	}
	names := make([]string, len(siblings))
	for i, s := range siblings {
		names[i] = s.Name
	}
	if HasUndo(c.Name, names) {
		return "a sibling takes it back"
	}
	return ""
}
