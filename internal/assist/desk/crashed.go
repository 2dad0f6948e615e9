package desk

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// crash is a fault of ours that broke off the work on one turn. What merchants send is worked on by a great deal of code;
// a slip in it must cost one errand, never the node and everybody else's.
type crash struct {
	value any
	stack []byte
}

func (c *crash) Error() string { return fmt.Sprintf("a fault of ours: %v\n%s", c.value, c.stack) }

// shielded runs f and returns a crash where it panics.
func shielded(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &crash{v, debug.Stack()}
		}
	}()
	return f()
}

// crashes counts the crashes in a row of which err is the last.
func crashes(before int, err error) int {
	var c *crash
	if errors.As(err, &c) {
		return before + 1
	}
	return 0
}
