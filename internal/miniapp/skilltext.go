package miniapp

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/bangwo/bangwo/internal/catalog"
)

// maxFrontMatter is the length of a front matter that is still parsed.
const maxFrontMatter = 16 << 10

// splitFrontMatter parts YAML front matter from the text below it.
func splitFrontMatter(text string) (map[string]any, string, error) {
	norm := strings.ReplaceAll(text, "\r\n", "\n")
	rest, ok := strings.CutPrefix(norm, "---\n")
	if !ok {
		return nil, norm, nil
	}
	head, body, ok := strings.Cut(rest, "\n---")
	if !ok || len(head) > maxFrontMatter {
		return nil, norm, nil
	}
	var m map[string]any
	if err := yaml.Unmarshal([]byte(head), &m); err != nil {
		return nil, body, err
	}
	return m, body, nil
}

// triggers collects what people say to reach the skill, as SKILL.md tells it.
func triggers(matter map[string]any, body string) []string {
	var listed []string
	for _, key := range []string{"triggers", "trigger", "examples", "utterances"} {
		list, _ := matter[key].([]any)
		for _, v := range list {
			listed = append(listed, firstText(v))
		}
	}
	return catalog.TriggersIn(listed, firstText(matter["description"]), body)
}
