package catalog

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what people say to reach a service.
const (
	MaxTriggers    = 64 // sentences
	MaxTriggerRune = 60 // characters of one
)

var (
	triggerHeading = regexp.MustCompile(`(?i)触发|用户原话|用户说|这样说|会说|话术|问法|示例|何时使用|什么时候|适用场景|使用场景|典型场景|trigger|utterance|example|when to use|users? says?|people say|customers? says?`)
	refusalHeading = regexp.MustCompile(`(?i)不支持|不适用|不触发|不做|边界|禁止|拒绝|反例|异常|out of scope|not support|unsupported|do not|never|boundar`)
	sayingLine     = regexp.MustCompile(`(?i)用户(说|会说|问|表达|原话|想)|例如用户|users? (says?|asks?)|触发(词|关键词|条件)|典型场景`)
	inlineList     = regexp.MustCompile(`(?i)(?:触发(?:关键)?词|典型场景|用户原话|例如用户说|triggers?|examples?)\s*[:：]\s*([^。\n]+)`)
	quoted         = regexp.MustCompile(`[“「『"]([^“”「」『』"\n]{1,120})[”」』"]`)
	listItem       = regexp.MustCompile(`^\s*(?:[-*+]|\d+[.)、])\s+(.+)$`)
	codeName       = regexp.MustCompile(`[a-z][A-Z]|_|[{}<>=\[\]]|://|/`)
)

// TriggersIn collects what people say to reach a service, as it tells of itself: what it lists (listed), after a word that announces
// such sentences in its description, and in its instructions under a heading that announces them, or quoted on a line that does.
// Lines that tell what is refused are left out. All tracks read them here, so that the same words count the same.
func TriggersIn(listed []string, description, instruction string) []string {
	var found []string
	add := func(s string) {
		s = strings.Trim(strings.TrimSpace(s), "“”「」『』\"'`*。.；;，,…")
		if usable(s) && !slices.Contains(found, s) && len(found) < MaxTriggers {
			found = append(found, s)
		}
	}
	for _, s := range listed {
		add(s)
	}
	inlineTriggers(description, add)
	section, refusal, fence := false, false, false
	for _, line := range strings.Split(instruction, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fence = !fence
			continue
		}
		if strings.HasPrefix(line, "#") {
			refusal = refusalHeading.MatchString(line)
			section = triggerHeading.MatchString(line) && !refusal
			continue
		}
		if fence || refusal || refusalHeading.MatchString(line) {
			continue
		}
		lineTriggers(line, section, add)
	}
	return found
}

func lineTriggers(line string, section bool, add func(string)) {
	said := sayingLine.MatchString(line)
	if !section && !said {
		return
	}
	if said {
		inlineTriggers(line, add)
	}
	quotes := quoted.FindAllStringSubmatch(line, MaxTriggers)
	for _, q := range quotes {
		add(q[1])
	}
	if m := listItem.FindStringSubmatch(line); section && len(quotes) == 0 && m != nil {
		add(m[1])
	}
}

func inlineTriggers(text string, add func(string)) {
	for _, m := range inlineList.FindAllStringSubmatch(text, MaxTriggers) {
		for _, s := range strings.FieldsFunc(m[1], func(r rune) bool { return strings.ContainsRune("、，,;；/", r) }) {
			add(s)
		}
	}
}

// usable keeps short sentences of words and leaves out code.
func usable(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 2 && n <= MaxTriggerRune && !codeName.MatchString(s) && strings.IndexFunc(s, unicode.IsLetter) >= 0
}
