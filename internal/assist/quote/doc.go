// Package quote reads what a service says an order will cost out of a capability's structured result,
// whatever shape the merchant gave it. It is guided by the names in the result and by the names, titles,
// descriptions and types of the output schema, in Chinese and English; the words it knows stand in
// lexicon.json and know no merchant. What a merchant says is data: it is bounded, stripped of control
// characters and shown, never obeyed.
//
// Guarantees: Read never panics, an amount is never negative nor beyond money.MaxMinor, and whether a number
// is yuan or fen is decided from evidence; where there is none the quote is Estimated, or there is no quote.
// Everything here is pure and safe for concurrent use.
package quote

// Bounds of what is read from one result.
const (
	maxNodes    = 20_000 // values looked at
	maxDepth    = 16     // nesting looked at
	maxLines    = 100    // lines of a quote
	maxOptions  = 12     // options of a line
	maxDetails  = 10     // details of a quote
	maxTitle    = 80     // runes of a title, label or option
	maxValue    = 160    // runes of an address or a detail's value
	maxQuantity = 10_000 // of one line
)
