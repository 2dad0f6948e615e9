package mcp

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// lineBuffer is how much of a line is looked at or passed on at a time.
const lineBuffer = 64 << 10

const blanks = " \t\r\n"

// jsonLines passes on the lines of a stdio server that can be messages, and gives what else it prints to noise: many servers
// greet or log on standard output, which is the wire. A message is a JSON object: a brace and then a
// quotation mark; batches are asked for by nobody here.
type jsonLines struct {
	in      *bufio.Reader
	close   func() error
	noise   io.Writer
	rest    []byte // of the line's piece that is passed on: a view of in's buffer
	within  bool   // the next piece goes on with a line
	message bool   // that line is a message
	err     error  // told when rest is used up
}

func newJSONLines(src io.ReadCloser, noise io.Writer) *jsonLines {
	return &jsonLines{in: bufio.NewReaderSize(src, lineBuffer), close: src.Close, noise: noise}
}

// Read returns a piece of a message's line.
func (l *jsonLines) Read(p []byte) (int, error) {
	for len(l.rest) == 0 {
		if l.err != nil {
			return 0, l.err
		}
		l.next()
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// next reads a piece of a line and passes it on or drops it.
func (l *jsonLines) next() {
	piece, err := l.in.ReadSlice('\n')
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
		l.err = err
	}
	if len(piece) == 0 {
		return
	}
	if !l.within {
		start, brace := bytes.CutPrefix(bytes.TrimLeft(piece, blanks), []byte("{"))
		l.message = brace && bytes.HasPrefix(bytes.TrimLeft(start, blanks), []byte(`"`))
	}
	l.within = piece[len(piece)-1] != '\n'
	if l.message {
		l.rest = piece
		return
	}
	_, _ = l.noise.Write(piece) // the tail of stderr: it never fails
}

// Close closes the wire.
func (l *jsonLines) Close() error { return l.close() }
