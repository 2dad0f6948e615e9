package dictionary

// Notice is the attribution and the licence of the word lists; it goes with them wherever the binary goes.
func Notice() string {
	b, _ := data.ReadFile("data/README")
	return string(b)
}
