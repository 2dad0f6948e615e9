package understand

import (
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/lexicon"
)

// maxChat is the length, in characters, up to which a greeting is small talk and not the start of an errand.
const maxChat = 12

// command finds what Bangwo itself is asked for; ok is false when the words want an errand of a service.
func (ix *index) command(r assist.Request) (assist.Command, bool) {
	s := lexicon.Fold(r.Text)
	bare := strings.Trim(blank("polite", s), " ,.!?。！？")
	if c, ok := ix.holdsOff(s, r.Earlier); ok {
		return c, true
	}
	if c, ok := ix.undoes(r); ok {
		return c, true
	}
	for _, c := range []struct {
		kind  assist.CommandKind
		words string
	}{
		{assist.CommandReceipt, "receipt"}, {assist.CommandHistory, "history"}, {assist.CommandBalance, "balance"}, {assist.CommandStatus, "status"},
	} {
		if alone(c.words, bare) {
			return assist.Command{Kind: c.kind}, true
		}
		if !has(c.words, bare) || orders(bare, c.words) {
			continue
		}
		return assist.Command{Kind: c.kind, Words: leftover(blank("showing", blank(c.words, bare)), c.words)}, true
	}
	return ix.smallTalk(s, bare)
}

// smallTalk finds greetings, thanks and questions about Bangwo itself.
func (ix *index) smallTalk(s, bare string) (assist.Command, bool) {
	if has("help", s) && lexicon.Runes(blank("polite", blank("help", s))) <= maxChat && len(ix.best(blank("help", s))) == 0 {
		return assist.Command{Kind: assist.CommandHelp}, true
	}
	if has("chat", s) && lexicon.Runes(blank("filler", blank("chat", bare))) <= maxChat && len(ix.best(blank("chat", s))) == 0 {
		return assist.Command{Kind: assist.CommandChat}, true
	}
	if bare == "" { // nothing but politeness
		return assist.Command{Kind: assist.CommandChat}, true
	}
	return assist.Command{}, false
}

// alone tells that a text is nothing but a command's name, which in a longer text would say something else ("history").
func alone(kind, s string) bool {
	for _, beside := range []string{"showing", "ask", "filler"} {
		s = blank(beside, s)
	}
	return slices.Contains(phrases()["alone "+kind], strings.Join(strings.Fields(s), " "))
}

// orders tells that the words around a command's phrase order something new ("order a ride and cancel nothing").
func orders(s, kind string) bool {
	rest := blank(kind, s)
	counted := false
	for _, n := range lexicon.Numbers(rest) {
		counted = counted || lexicon.IsCount(rest, n) && n.Measure != ""
	}
	tokens := lexicon.Tokens(rest)
	verb := len(tokens) > 0 && (tokens[0].Concept == "v.order" || tokens[0].Concept == "v.reserve")
	start, _ := find(kind, s)
	return counted || verb && start > 0
}

func leftover(s, kind string) string {
	s = blank("filler", blank(kind, s))
	var b strings.Builder
	end := 0
	for _, t := range lexicon.Tokens(s) {
		if t.Concept == "orders" || strings.HasPrefix(t.Concept, "v.") || slices.Contains([]string{"单", "刚", "才"}, t.Text) {
			continue
		}
		if b.Len() > 0 && (!t.Han || t.Start != end) {
			b.WriteByte(' ')
		}
		b.WriteString(t.Text)
		end = t.End
	}
	return b.String()
}

func chatReply(lang, text string) string {
	if s := lexicon.Fold(text); strings.Contains(s, "谢") || strings.Contains(s, "辛苦") || strings.Contains(s, "thank") {
		return tr(lang, "不客气。还有什么要办的，直接说就行。", "You're welcome. If there is anything else, just say it.")
	}
	return tr(lang, "你好，我是帮我。想办的事一句话告诉我就行，比如“叫辆车去机场，顺便订三杯低糖拿铁”。", "Hello, I am Bangwo. Tell me an errand in one sentence, for instance “order a car to the airport and reserve three low-sugar lattes”.")
}
