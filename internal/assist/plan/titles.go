package plan

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/lexicon"
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

// sidesOf are the two halves of a name that says the same in Chinese and in Latin letters ("City bike 城市通勤车"); nil where
// it is no such name.
func sidesOf(name string) []string {
	at := strings.IndexFunc(name, lexicon.IsHan)
	if at < 0 {
		return nil
	}
	han, latin := name[at:], strings.TrimSpace(name[:at])
	if at == 0 {
		end := strings.LastIndexFunc(name, lexicon.IsHan)
		_, size := utf8.DecodeRuneInString(name[end:])
		han, latin = name[:end+size], strings.TrimSpace(name[end+size:])
	} else if !strings.HasSuffix(name[:at], " ") && !strings.HasSuffix(name[:at], "/") && !strings.HasSuffix(name[:at], "(") {
		return nil // B超: letters of one word
	}
	latin, han = strings.Trim(latin, " /|·-()（）"), strings.Trim(han, " /|·-()（）")
	if strings.ContainsFunc(latin, lexicon.IsHan) || lexicon.Runes(han) < 2 || len(strings.Fields(latin)) == 0 || !wordLike.MatchString(latin) {
		return nil
	}
	return []string{latin, han}
}

// wordLike is a text that begins with a word of three letters or more: no model number, size or unit.
var wordLike = regexp.MustCompile(`^[A-Za-z]{3}`)

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
