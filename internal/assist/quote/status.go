package quote

import (
	"strings"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// The states that a merchant's words are mapped to.
const (
	Pending   = "pending"   // taken note of, not yet accepted
	Unpaid    = "unpaid"    // waits for the payment
	Confirmed = "confirmed" // accepted, being made or on its way
	Paid      = "paid"      // the merchant believes it is paid; the ledger alone knows
	Done      = "done"
	Cancelled = "cancelled"
	Failed    = "failed"
	Refunded  = "refunded"
)

// stateOrder is the order in which words are looked for: "payment failed" is failed, "not paid" is not paid.
var stateOrder = []string{Refunded, Cancelled, Failed, Unpaid, Paid, Confirmed, Done, Pending}

// Status reads an order's state from a merchant's status words, in Chinese or English. ok is false when there are
// none or none that is known; a result that is an error has no state. It is never proof of a payment.
func Status(result track.Result, out *catalog.Schema) (state string, ok bool) {
	if result.IsError {
		return "", false
	}
	root := parse(result.Structured, out)
	if root == nil {
		return "", false
	}
	if root.kind == array {
		if len(root.kids) != 1 {
			return "", false
		}
		root = root.kids[0]
	}
	n := bestIn(root, "status", none-1)
	if n == nil || n.kind != text {
		return flags(root)
	}
	for _, said := range []string{n.text, labelOfValue(n)} {
		if s := stateIn(said); s != "" {
			return s, true
		}
	}
	return flags(root)
}

// AwaitsPayment tells whether a merchant's sentence speaks of a payment that is still to come: once the order is paid it
// is no longer true.
func AwaitsPayment(text string) bool {
	return saysAny(" "+strings.ToLower(clean(text, maxSentence))+" ", words.Awaits)
}

func stateIn(s string) string {
	low := " " + strings.ToLower(strings.TrimSpace(s)) + " " + splitName(s)
	for _, state := range stateOrder {
		if saysAny(low, words.States[state]) {
			return state
		}
	}
	return ""
}

// flags reads {paid: true}, {cancelled: true}: a state as the name of a yes.
func flags(root *node) (string, bool) {
	for _, k := range root.kids {
		if k.kind != boolean || k.text != "true" || saysAny(k.words, []string{"can", "is able", "allow", "allowed", "need", "able"}) {
			continue
		}
		for _, state := range []string{Refunded, Cancelled, Failed, Done, Paid, Confirmed} {
			if state != Failed && strings.TrimSpace(k.words) != "success" && saysAny(k.words, words.States[state]) {
				return state, true
			}
		}
	}
	return "", false
}
