package dictionary_test

import (
	"slices"
	"testing"

	"github.com/bangwo/bangwo/internal/dictionary"
)

func TestWordsAreCarriedBothWays(t *testing.T) {
	if !dictionary.Built() {
		t.Skip("the word lists were not built: make dictionary")
	}
	if !slices.Contains(dictionary.English("羽毛球"), "badminton") || !slices.Contains(dictionary.Chinese("badminton"), "羽毛球") {
		t.Fatalf("羽毛球: %v; badminton: %v", dictionary.English("羽毛球"), dictionary.Chinese("badminton"))
	}
	if dictionary.English("不是一个词") != nil || dictionary.Chinese("zzzz not there") != nil {
		t.Fatal("a word that is not in the lists was found")
	}
	if dictionary.Simplified('機') != '机' || dictionary.Simplified('机') != '机' || dictionary.Simplified('a') != 'a' {
		t.Fatal("characters are not brought to their simplified form")
	}
}

// Every line can be found, the first and the last too.
func TestFirstAndLastLine(t *testing.T) {
	if !dictionary.Built() {
		t.Skip("the word lists were not built: make dictionary")
	}
	for _, key := range dictionary.Ends() {
		if dictionary.English(key) == nil {
			t.Fatalf("%q is in the list and was not found", key)
		}
	}
}
