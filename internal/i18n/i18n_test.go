package i18n_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/i18n"
)

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// TestParity holds both languages to the same keys and each sentence to the same placeholders.
func TestParity(t *testing.T) {
	t.Parallel()
	zh, en := i18n.Keys(i18n.Chinese), i18n.Keys(i18n.English)
	if len(zh) == 0 {
		t.Fatal("the catalogue is empty")
	}
	for _, key := range zh {
		if !i18n.Has(i18n.English, key) {
			t.Errorf("%q is missing in English", key)
		}
	}
	for _, key := range en {
		if !i18n.Has(i18n.Chinese, key) {
			t.Errorf("%q is missing in Chinese", key)
			continue
		}
		a, b := i18n.Text(i18n.Chinese, key, nil), i18n.Text(i18n.English, key, nil)
		if strings.TrimSpace(a) == "" || strings.TrimSpace(b) == "" {
			t.Errorf("%q is empty in one language", key)
		}
		if x, y := names(a), names(b); !slices.Equal(x, y) {
			t.Errorf("%q: placeholders differ: %v in Chinese, %v in English", key, x, y)
		}
	}
}

func names(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestEveryFaultHasASentence(t *testing.T) {
	t.Parallel()
	codes := []fault.Code{
		fault.Invalid, fault.NotFound, fault.Conflict, fault.Mismatch, fault.Denied, fault.Unsigned, fault.Funds,
		fault.Changed, fault.Expired, fault.Limit, fault.Merchant, fault.Timeout, fault.Unavailable,
		fault.Cancelled, fault.Unsupported, fault.Internal,
	}
	for _, lang := range i18n.Langs() {
		for _, code := range codes {
			if !i18n.Has(lang, "fault."+string(code)) {
				t.Errorf("%s has no sentence for fault %q", lang, code)
			}
		}
	}
	if got, want := i18n.Fault(i18n.English, "no_such_code", nil), i18n.Text(i18n.English, "fault.internal", nil); got != want {
		t.Errorf("an unknown code says %q, want %q", got, want)
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	if got := i18n.Text("en", "no.such.key", nil); got != "no.such.key" {
		t.Errorf("an unknown key says %q", got)
	}
	got := i18n.Text("en", "goal.count", map[string]string{"n": "{n}"})
	if !strings.Contains(got, "{n}") {
		t.Errorf("a placeholder inside a value must stay text, got %q", got)
	}
	if a, b := i18n.Text("fr", "fault.funds", nil), i18n.Text("en", "fault.funds", nil); a != b {
		t.Errorf("an unknown language says %q, want English", a)
	}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]string{
		"": "zh", "en": "en", "en-GB,en;q=0.9": "en", "zh-CN,zh;q=0.9,en;q=0.8": "zh",
		"fr-FR,en;q=0.5,zh;q=0.4": "en", "de": "zh", "en;q=0,zh;q=0.1": "zh", "en;q=x": "zh",
		strings.Repeat("x,", 4096) + "en": "zh",
	} {
		if got := i18n.Match(accept); got != want {
			t.Errorf("Match(%.40q) = %q, want %q", accept, got, want)
		}
	}
}
