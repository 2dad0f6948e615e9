package run

import (
	"regexp"
	"strings"
)

// Merchants write their errors for a model as much as for a person: "…暂停取号。禁止向用户宣布已取号成功，请引导用户更换门店。" The sentences
// that tell somebody what to do with the customer are none for the customer.
var (
	sentences   = regexp.MustCompile(`[^。！？!?;；\n.]+(?:\.\w[^。！？!?;；\n.]*)*[。！？!?;；\n.]*`)
	instructing = regexp.MustCompile(`禁止|严禁|切勿|勿向|不得|引导用户|告知用户|提示用户|提醒用户|询问用户|告诉用户|向用户|让用户|请用户|与用户|用户确认|正确出口|编造|兜底|(?:请|应|须|必须|需|再|重新)(?:先|重新|再)?(?:调用|传入|使用接口)|调用(?:本)?接口|` +
		`(?i:\b(?:do not|don't|never|must not|you must|you should|make sure|tell the (?:user|customer)|ask the (?:user|customer)|inform the (?:user|customer)|guide the (?:user|customer)|the user|call (?:the )?\w+(?:_\w+|[a-z][A-Z]\w*)|retry with|the (?:model|agent|assistant))\b)`)
	toolName = regexp.MustCompile(`\b[a-z]+(?:[A-Z][a-z]+)+\b|\b[a-z]+(?:_[a-z]+)+\b|\b[a-z]+\.[a-z]+\b`)
)

// ForPeople is what a merchant's message tells the person: without the sentences that instruct whoever reads it for them.
// "" when nothing else is left.
func ForPeople(text string) string {
	var out []string
	for _, s := range sentences.FindAllString(text, maxListed) {
		s = strings.TrimSpace(s)
		if s == "" || instructing.MatchString(s) {
			if len(out) > 0 {
				break // what follows explains the instruction
			}
			continue
		}
		out = append(out, s)
	}
	told := strings.Join(out, " ")
	if strings.ContainsAny(told, "。！？") {
		told = strings.Join(out, "")
	}
	if toolName.MatchString(told) && len(out) < 2 && len(toolName.ReplaceAllString(told, "")) < len(told)/2 {
		return ""
	}
	return told
}
