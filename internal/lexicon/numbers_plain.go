package lexicon

import "strconv"

// Plain writes a number without an exponent or needless zeros.
func Plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
