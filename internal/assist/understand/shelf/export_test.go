package shelf

// Value is the value that a choice of a kind of thing stands for.
func (s *Shelf) Value(kind int, c Choice) any {
	return s.kinds[kind].Slots[c.Slot].Values[c.Value].Value
}
