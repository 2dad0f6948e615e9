package plan

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bangwo/bangwo/internal/lexicon"
)

var codeKey = regexp.MustCompile(`(?i)(?:^|_)(?:id|no|code|key|sku|ref|iata|token|number)$|[a-z](?:Id|ID|No|Code|Key|Sku|Ref|Number)$`)

// likeliest finds the member of the elements of a result's list that an input means by what it says of itself: one whose
// values have its pattern, else a code or an id whose name is most like its words. nil when there is none.
func likeliest(v any, like Like) []string {
	pattern, _ := regexp.Compile(like.Pattern)
	want := lexicon.Features(like.Words)
	var best []string
	score := 0.0
	var walk func(v any, path []string, depth int)
	walk = func(v any, path []string, depth int) {
		if depth > maxNesting {
			return
		}
		switch t := v.(type) {
		case []any:
			if len(t) > 0 {
				walk(t[0], append(slices.Clone(path), "*"), depth+1)
			}
		case map[string]any:
			for _, k := range sortedKeys(t) {
				here := append(slices.Clone(path), k)
				if s := memberLike(k, t[k], like.Pattern, pattern, want) - 0.01*float64(depth); s > score {
					best, score = here, s
				}
				walk(t[k], here, depth+1)
			}
		}
	}
	walk(v, nil, 0)
	return best
}

func memberLike(key string, v any, source string, pattern *regexp.Regexp, want map[string]float64) float64 {
	text, ok := v.(string)
	if f, isNumber := v.(float64); isNumber && codeKey.MatchString(key) {
		text, ok = strings.TrimSuffix(lexicon.Plain(f), ".0"), true
	}
	if !ok || text == "" {
		return 0
	}
	s := 0.0
	if codeKey.MatchString(key) {
		s = 0.2
	}
	if source != "" && pattern != nil {
		if !pattern.MatchString(text) {
			return 0
		}
		s += 1
	}
	if s == 0 {
		return 0
	}
	for f := range lexicon.Features(lexicon.Opened(key)) {
		s += want[f]
	}
	return s
}
