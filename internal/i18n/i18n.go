// Package i18n holds every sentence that the product itself says to people, in Chinese and English, in one
// catalogue per language that the Go program embeds and the UI's build imports. Keys are flat ("fault.funds");
// placeholders are {name}. Texts of merchants never pass through here. Safe for concurrent use.
package i18n

import (
	_ "embed"
	"encoding/json"
	"sort"
	"strconv"
	"strings"
)

// The languages of the product.
const (
	Chinese = "zh"
	English = "en"
)

// maxAccept bounds how much of an Accept-Language header is looked at.
const maxAccept = 512

//go:embed zh.json
var zhJSON []byte

//go:embed en.json
var enJSON []byte

var catalogues = map[string]map[string]string{Chinese: mustRead(zhJSON), English: mustRead(enJSON)}

func mustRead(raw []byte) map[string]string {
	out := map[string]string{}
	if err := json.Unmarshal(raw, &out); err != nil {
		panic("i18n: an embedded catalogue is broken: " + err.Error())
	}
	return out
}

// Langs lists the languages, the default first.
func Langs() []string { return []string{Chinese, English} }

// Keys lists the keys of a language's catalogue in order; none for an unknown language.
func Keys(lang string) []string {
	out := make([]string, 0, len(catalogues[lang]))
	for k := range catalogues[lang] {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// Has tells whether the catalogue of lang has key.
func Has(lang, key string) bool { _, ok := catalogues[lang][key]; return ok }

// Text is the sentence of key in lang with its placeholders filled. An unknown language reads as English;
// an unknown key comes back as it is, so that a missing sentence is seen and not lost.
// Parameters are put in as they are, once: a placeholder inside a parameter's value stays text.
func Text(lang, key string, params map[string]string) string {
	text, ok := catalogues[lang][key]
	if !ok {
		if text, ok = catalogues[English][key]; !ok {
			return key
		}
	}
	if len(params) == 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(params))
	for name, value := range params {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Fault is the sentence for a fault's code, and the one of "internal" for a code without a sentence.
func Fault(lang, code string, params map[string]string) string {
	key := "fault." + code
	if !Has(English, key) {
		key = "fault.internal"
	}
	return Text(lang, key, params)
}

// Match picks the language for an Accept-Language header (or a bare tag such as "en-GB"): the one with the
// highest weight that the product speaks, Chinese when there is none.
func Match(accept string) string {
	if len(accept) > maxAccept {
		accept = accept[:maxAccept]
	}
	best, weight := Chinese, 0.0
	for part := range strings.SplitSeq(accept, ",") {
		tag, rest, _ := strings.Cut(strings.TrimSpace(part), ";")
		base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if _, known := catalogues[base]; !known {
			continue
		}
		if q := quality(rest); q > weight {
			best, weight = base, q
		}
	}
	return best
}

func quality(rest string) float64 {
	value, found := strings.CutPrefix(strings.TrimSpace(rest), "q=")
	if !found {
		return 1
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil {
		return 0
	}
	return q
}
