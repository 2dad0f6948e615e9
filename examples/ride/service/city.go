package service

import (
	"cmp"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"hash/fnv"
	"math"
	"regexp"
	"slices"
	"strings"
)

//go:embed city.json
var cityJSON []byte

// Place is a point of the city where one can get in or out.
type Place struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	NameEN     string   `json:"name_en"`
	Category   string   `json:"category"`
	District   string   `json:"district"`
	DistrictEN string   `json:"district_en"`
	Latitude   float64  `json:"latitude"`
	Longitude  float64  `json:"longitude"`
	Aliases    []string `json:"aliases"`
}

// city is the map.
type city struct{ places []Place }

func loadCity() (city, error) {
	var c city
	err := json.Unmarshal(cityJSON, &c.places)
	return c, err
}

const addressPrefix = "addr-"

// street tells a street address from the name of a place: it has a number, or a word for a road or a building.
var street = regexp.MustCompile(`(?i)\d|路|街|巷|弄|号|大道|小区|大厦|花园|公寓|\b(road|rd|street|st|avenue|ave|lane|building|tower|apartment|block)\b`)

// find returns the place of an id; ids of street addresses carry the address.
func (c city) find(id string) (Place, bool) {
	for _, p := range c.places {
		if p.ID == id {
			return p, true
		}
	}
	if text, ok := strings.CutPrefix(id, addressPrefix); ok {
		if b, err := base64.RawURLEncoding.DecodeString(text); err == nil && len(b) > 0 {
			return c.geocode(string(b)), true
		}
	}
	return Place{}, false
}

// search ranks the places by how well they fit the words; a street address that is no place of the map is put on it.
func (c city) search(keyword string, limit int) []Place {
	type hit struct {
		place Place
		score float64
	}
	var hits []hit
	for _, p := range c.places {
		if s := p.fit(fold(keyword)); s > 0 {
			hits = append(hits, hit{p, s})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	var out []Place
	for _, h := range hits[:min(limit, len(hits))] {
		out = append(out, h.place)
	}
	if len(out) == 0 && street.MatchString(keyword) {
		out = append(out, c.geocode(strings.TrimSpace(keyword)))
	}
	return out
}

func fold(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// fit is 0 when the words have nothing to do with the place.
func (p Place) fit(words string) float64 {
	best := 0.0
	for _, name := range append([]string{p.Name, p.NameEN}, p.Aliases...) {
		name = fold(name)
		switch {
		case name == words:
			best = max(best, 4)
		case strings.Contains(name, words):
			best = max(best, 2+ratio(words, name))
		case strings.Contains(words, name) && len([]rune(name)) > 1:
			best = max(best, 1+ratio(name, words))
		}
	}
	switch words {
	case fold(p.District), fold(p.DistrictEN), strings.ReplaceAll(p.Category, "_", " "):
		best = max(best, 0.5)
	}
	return best
}

func ratio(part, whole string) float64 { return float64(len(part)) / float64(len(whole)) }

// geocode puts an address at a fixed point within a few kilometres of the centre.
func (c city) geocode(address string) Place {
	h := fnv.New64a()
	_, _ = h.Write([]byte(fold(address)))
	sum := h.Sum64()
	centre := c.places[slices.IndexFunc(c.places, func(p Place) bool { return p.ID == "peoples-square" })]
	angle := float64(sum%3600) / 3600 * 2 * math.Pi
	away := 0.01 + float64(sum/3600%600)/10000 // degrees, 1 to 8 km
	return Place{ID: addressPrefix + base64.RawURLEncoding.EncodeToString([]byte(address)), Name: address, NameEN: address, Category: "address",
		District: "北京市", DistrictEN: "Beijing", Latitude: round(centre.Latitude + away*math.Sin(angle)), Longitude: round(centre.Longitude + away*math.Cos(angle))}
}

func round(v float64) float64 { return math.Round(v*1e4) / 1e4 }

// metres is the way by road between two places.
func metres(a, b Place) int {
	const earth, detour = 6371000, 1.3
	rad := math.Pi / 180
	x := (b.Longitude - a.Longitude) * rad * math.Cos((a.Latitude+b.Latitude)/2*rad)
	y := (b.Latitude - a.Latitude) * rad
	return int(math.Sqrt(x*x+y*y) * earth * detour)
}
