package lexicon_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// pieces are what random sentences are put together from: they break recognisers best where two of them meet.
var pieces = strings.Fields(`三 点 半 到 五 点 一 刻 下午 明天 下 周三 周 月底 28 号 11 月 日 年 差 分 两 个 小时 后 前 内 块 毛 元 多 来 几 百 千 万 亿 零 又 分之 第 倒数 最后 一个 杯 从 之间 早 晚 上 今 - ~ : / . , $ ¥ % 折 成
	at by from between and to half past quarter a an of the third twenty five noon tonight tomorrow next friday week nov may in for 7 pm am 3:30 12 2026 00 2026-11-28 minutes hours dozen point million yuan bucks last second 's 负 - 农历 初 圣诞节 christmas now`)

// checkSpans fails when a recogniser's span lies outside the text, inside a character, over another one's, or differs the second time.
func checkSpans(t *testing.T, text string) {
	t.Helper()
	s := lexicon.Fold(text)
	var spans [][2]int
	in := func(what string, start, end int) {
		if start < 0 || end > len(s) || start >= end || !utf8.RuneStart(s[start]) || end < len(s) && !utf8.RuneStart(s[end]) {
			t.Fatalf("%q: %s spans %d–%d of %d bytes", text, what, start, end, len(s))
		}
		if len(spans) > 0 && spans[len(spans)-1][1] > start {
			t.Fatalf("%q: %s at %d overlaps the one before", text, what, start)
		}
		spans = append(spans, [2]int{start, end})
	}
	for _, n := range lexicon.Numbers(text) {
		in("number", n.Start, n.End)
		if n.Last < n.Start || n.Last > n.End {
			t.Fatalf("%q: the number %+v ends outside itself", text, n)
		}
		lexicon.IsCount(s, n)
	}
	spans = nil
	for _, r := range lexicon.Ordinals(text) {
		in("ordinal", r.Start, r.End)
	}
	spans = nil
	for _, m := range lexicon.Sums(text) {
		in("money", m.Start, m.End)
	}
	spans = nil
	for _, p := range lexicon.Percents(text) {
		in("percent", p.Start, p.End)
	}
	spans = nil
	for _, d := range lexicon.Durations(text) {
		in("duration", d.Start, d.End)
	}
	spans = nil
	all := lexicon.FindTimes(text, tuesday)
	for _, m := range all {
		in("time", m.Start, m.End)
		if m.Text != s[m.Start:m.End] {
			t.Fatalf("%q: %q is not what stands at %d", text, m.Text, m.Start)
		}
	}
	lexicon.FindTimes(text, time.Time{}) // some callers only cut the times away
	lexicon.FindTimes(text, time.Date(2028, 2, 29, 23, 59, 59, 0, time.UTC))
	if again := lexicon.FindTimes(text, tuesday); !reflect.DeepEqual(all, again) {
		t.Fatalf("%q: %+v, then %+v", text, all, again)
	}
	if m, ok := lexicon.FindTime(text, tuesday); ok && s[m.Start:m.End] != m.Text {
		t.Fatalf("%q: %q is not what stands at %d", text, m.Text, m.Start)
	}
}

func TestSpansOfRandomSentences(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 1500 {
		var b strings.Builder
		for range 1 + r.IntN(9) {
			b.WriteString(pieces[r.IntN(len(pieces))])
			if r.IntN(2) == 0 {
				b.WriteByte(' ')
			}
		}
		checkSpans(t, b.String())
	}
}

func FuzzRecognizers(f *testing.F) {
	for _, seed := range []string{"明天下午三点半到五点，三杯拿铁20块以内", "between 3 and 5 pm next friday, 2-3 cups for $20", "差五分八点", "\xff\xe4\xb8", "第", "1/0", "3:", strings.Repeat("九", 200), "一百万亿亿亿亿"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 2000 {
			checkSpans(t, text)
		}
	})
}
