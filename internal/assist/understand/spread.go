package understand

// tally is the spread of the words of services that are all at hand.
type tally struct {
	total int
	df    map[string]int
}

// countWords counts for every word how many services know it.
func countWords(of []*known) tally {
	c := tally{total: len(of), df: map[string]int{}}
	for _, k := range of {
		for f := range k.words {
			c.df[f]++
		}
	}
	return c
}

// Total is the number of services.
func (c tally) Total() int { return c.total }

// Having is how many services know a word.
func (c tally) Having(word string) int { return c.df[word] }
