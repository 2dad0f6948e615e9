package understand

import (
	"strings"
	"time"

	"github.com/bangwo/bangwo/internal/lexicon"
)

// acts are the features of kinds of work: they tell the kind of service, though less than what is worked on.
var acts = map[string]bool{"c:v.repair": true, "c:v.clean": true, "c:v.rent": true, "c:v.translate": true, "c:broken": true}

// generic tells that a feature says little about which service is meant.
func generic(f string) bool {
	switch f {
	case "c:near", "c:time", "c:date", "c:home", "c:work", "c:price", "c:shop", "c:quantity", "c:address", "c:name", "c:phone", "c:normal", "c:none", "c:cheap", "c:best", "c:fast", "c:orders", "c:goods", "c:from", "c:destination", "c:status", "c:distance", "c:note", "c:menu", "c:person", "c:onsite":
		return true
	}
	if acts[f] {
		return false // these say what kind of service is meant
	}
	return strings.HasPrefix(f, "c:v.") || strings.HasPrefix(f, "c:size") || strings.HasPrefix(f, "c:temp")
}

// discountPlaces lets words that name a place count less, where others tell what is wanted: where it is says little about what it is.
func discountPlaces(feats, places map[string]float64) {
	told := false
	for f := range feats {
		if _, place := places[f]; !place && !generic(f) && (!strings.HasPrefix(f, "h:") || lexicon.Runes(f[2:]) > 1) {
			told = true
		}
	}
	for f := range places {
		if _, ok := feats[f]; ok && told {
			feats[f] *= placeShare
		}
	}
}

// telling drops what says nothing about which service is meant: politeness, question words, times, counts.
func telling(text string) string {
	s := withoutCities(withoutTimes(text, time.Time{}))
	for _, kind := range []string{"polite", "ask", "cheap", "best", "fast"} {
		s = blank(kind, s)
	}
	ns := lexicon.Numbers(s)
	for i := len(ns) - 1; i >= 0; i-- {
		if !lexicon.IsCount(s, ns[i]) && ns[i].Measure == "" && lexicon.HasHan(s[ns[i].Start:ns[i].End]) {
			continue // 二等座, 三明治: part of a word
		}
		keep := ""
		if ns[i].Measure == "人" || ns[i].Measure == "位" {
			keep = ns[i].Measure // 两人位, 四人包间: it tells what is counted
		}
		s = s[:ns[i].Start] + " " + keep + s[ns[i].End:]
	}
	return s
}
