package plan

import (
	"slices"
	"strings"
)

// langMarks are what merchants put before or behind a member's name for its language.
var langMarks = []string{"english", "chinese", "en", "zh", "cn", "zhcn", "enus", "英文", "中文"}

// TitlesOf lists an element's title in other languages: members called as the title is, with a mark of a language
// (nameEn, title_zh, english_name).
func TitlesOf(e any) []string {
	m, _ := e.(map[string]any)
	var out []string
	for _, k := range sortedKeys(m) {
		if s, ok := m[k].(string); ok && s != "" && markedTitle(k) {
			out = append(out, s)
		}
	}
	return out
}

func markedTitle(key string) bool {
	low := strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(key))
	for _, mark := range langMarks {
		for _, cut := range []func(string, string) (string, bool){strings.CutSuffix, strings.CutPrefix} {
			if rest, ok := cut(low, mark); ok && slices.Contains(plainTitles, rest) {
				return true
			}
		}
	}
	return false
}

// plainTitles are the title keys in lower case without signs.
var plainTitles = func() (out []string) {
	for _, k := range titleKeys {
		out = append(out, strings.ReplaceAll(strings.ToLower(k), "_", ""))
	}
	return out
}()
