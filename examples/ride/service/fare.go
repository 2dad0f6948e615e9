package service

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math"
	"strings"
	"time"
)

// QuoteLife is how long a quote stands.
const QuoteLife = 5 * time.Minute

// carType is a class of car and its fare: a start for the first kilometres, then by distance and time. Fares are in fen.
type carType struct {
	id, name, nameEN string
	seats            int
	start, perKM     int64
	perMinute        int64
	wait             int // minutes until one is there
}

const freeMetres = 3000 // within the start fare

var carTypes = []carType{
	{"economy", "快车", "Economy", 4, 1100, 190, 35, 4},
	{"comfort", "舒适型", "Comfort", 4, 1500, 260, 50, 5},
	{"van", "六座商务车", "Six-seater van", 6, 2200, 330, 60, 8},
	{"premium", "豪华车", "Premium", 4, 2800, 420, 80, 7},
}

func carTypeOf(id string) (carType, bool) {
	for _, c := range carTypes {
		if c.id == id {
			return c, true
		}
	}
	return carType{}, false
}

func minutes(metres int) int { return max(3, int(math.Ceil(float64(metres)/1000*1.7))) }

// fare rounds to ten fen. factor raises it in a rush.
func (c carType) fare(metres int, factor float64) int64 {
	beyond := max(0, metres-freeMetres)
	v := float64(c.start) + float64(c.perKM)*float64(beyond)/1000 + float64(c.perMinute)*float64(minutes(metres))
	return int64(math.Round(v*factor/10) * 10)
}

// quote is what a quote id carries.
type quote struct {
	From    string  `json:"f"`
	To      string  `json:"t"`
	Car     string  `json:"c"`
	Price   int64   `json:"p"`
	Factor  float64 `json:"x"`
	Expires int64   `json:"e"` // Unix seconds
	After   int     `json:"n"` // how many orders there were: a quote after an order is another quote than one before it
	Nonce   string  `json:"r"` // two people who ask in the same second get two quotes
}

// nonceLetters tell quotes apart.
const nonceLetters = 12

func nonce() string { return rand.Text()[:nonceLetters] }

// seal writes a quote as an id that only this service can have written.
func seal(q quote, key string) string {
	b, _ := json.Marshal(q) // plain fields: cannot fail
	body := base64.RawURLEncoding.EncodeToString(b)
	return body + "." + sign(body, key)
}

func unseal(id, key string) (quote, bool) {
	var q quote
	body, mac, ok := strings.Cut(id, ".")
	if !ok || !hmac.Equal([]byte(mac), []byte(sign(body, key))) {
		return q, false
	}
	b, err := base64.RawURLEncoding.DecodeString(body)
	return q, err == nil && json.Unmarshal(b, &q) == nil
}

func sign(text, key string) string {
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}
