package plan

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// maxValueRunes bounds an attribute's value: a longer one is a text, not a kind.
const maxValueRunes = 16

var attributeNot = regexp.MustCompile(`(?i)name|title|alias|label|id$|url|image|img|icon|desc|intro|summary|address|phone|status|state|updated|created`)

// byAttributes keeps the elements whose attributes are those that the person said ("IMAX", 后排, "with breakfast"): a value
// counts when all of it was said and not every element has it. Where that would leave nothing, all stay.
func byAttributes(list []any, fit []scored, p Pick) []scored {
	if p.Said == "" || len(fit) < 2 || p.Query != "" && fit[0].like >= exactly {
		return fit
	}
	said := lexicon.Features(p.Said)
	for _, key := range attributeKeys(list, fit) {
		var keep []scored
		for _, f := range fit {
			m, _ := list[f.index].(map[string]any)
			v, ok := m[key].(string)
			if ok && saidValue(v, said) {
				keep = append(keep, f)
			}
		}
		if len(keep) > 0 && len(keep) < len(fit) {
			fit = keep
		}
	}
	return fit
}

// attributeKeys are the members by which elements differ in kind, not in name.
func attributeKeys(list []any, fit []scored) []string {
	count := map[string]int{}
	for _, f := range fit {
		m, _ := list[f.index].(map[string]any)
		for k, v := range m {
			s, ok := v.(string)
			if ok && s != "" && lexicon.Runes(s) <= maxValueRunes && !attributeNot.MatchString(k) && s != TitleOf(list[f.index]) && !slices.Contains(titleKeys, k) {
				count[k]++
			}
		}
	}
	return sortedKeys(count)
}

// saidValue tells that all that a value says was said, in either language.
func saidValue(v string, said map[string]float64) bool {
	fs := lexicon.Features(v)
	met := lexicon.Carry(v, said)
	some := false
	for f := range fs {
		if strings.HasPrefix(f, "h:") && lexicon.Runes(f[2:]) < 2 && len(fs) > 1 {
			continue
		}
		if _, ok := said[f]; !ok && met[f] == 0 {
			return false
		}
		some = some || !digits(f)
	}
	return some
}

func digits(f string) bool { return strings.Trim(strings.TrimPrefix(f, "w:"), "0123456789") == "" }

var numbersIn = regexp.MustCompile(`\d+`)

// maxGap is how many bytes may stand between the numbers of one place: 7排6座, "row 7 seat 6".
const maxGap = 8

// numbered tells whether a name made of several numbers ("7-6") was said: its numbers in their order, close together.
// applies is false for other names.
func numbered(name, said string) (found, applies bool) {
	want := numbersIn.FindAllString(name, -1)
	if len(want) < 2 || strings.Trim(name, "0123456789-_/., 排座号楼层行列") != "" {
		return false, false
	}
	at := numbersIn.FindAllStringIndex(said, -1)
	for i := 0; i+len(want) <= len(at); i++ {
		ok := true
		for k, w := range want {
			ok = ok && said[at[i+k][0]:at[i+k][1]] == w && (k == 0 || at[i+k][0]-at[i+k-1][1] <= maxGap)
		}
		if ok {
			return true, true
		}
	}
	return false, true
}
