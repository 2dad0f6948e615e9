// Package model lets a language model widen what the embedded mind understands. The embedded mind always thinks first. Where it is
// unsure (or always, as configured) a model is asked how it reads the sentence: which of the person's words, pointing at ids that code
// found in the catalogue. The model writes no values: what it points at is read by the same code that reads everything else, and the
// plan is composed, checked and run as any other.
//
// Guarantees, whatever a model or a merchant's text says:
//   - A goal rests on words that the person said; no two goals share words; counts, times, places and amounts are read from these words.
//   - A service that none of these words speaks of is asked about, never taken; a service that says it does not do it is not offered.
//   - Where the words ask, nothing but a read is planned. What costs or binds waits for the confirmation, as always.
//   - Values of the profile are not in any prompt, and no answer can name one: they reach a merchant by the embedded rules and the
//     person's consent alone.
//   - An answer that does not pass is sent back once with the checks' own words; then the embedded mind's thought stands. So it does when
//     the endpoint is slow, away or broken.
//
// Prompts, answers and requests are bounded (bounds.go). Safe for concurrent use.
package model
