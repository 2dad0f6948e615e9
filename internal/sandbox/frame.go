package sandbox

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
)

// A frame is a length of four bytes, big-endian, and so many bytes of JSON.

type messageKind string

const (
	msgReady messageKind = "ready" // worker: started
	msgRun   messageKind = "run"   // parent: a job
	msgHost  messageKind = "host"  // worker: a call of the host
	msgReply messageKind = "reply" // parent: its answer
	msgBusy  messageKind = "busy"  // worker: script runs again after waiting
	msgIdle  messageKind = "idle"  // worker: waits for the host only
	msgLog   messageKind = "log"   // worker: a line of the console
	msgDone  messageKind = "done"  // worker: the job's end
)

type message struct {
	Kind  messageKind     `json:"k"`
	ID    int             `json:"id,omitempty"`
	Name  string          `json:"name,omitempty"`
	Value json.RawMessage `json:"value,omitempty"`
	Error string          `json:"error,omitempty"`
	Run   *runMessage     `json:"run,omitempty"`
	Done  *doneMessage    `json:"done,omitempty"`
}

type runMessage struct {
	Task    string                     `json:"task,omitempty"` // instead of a bundle
	Hash    string                     `json:"hash"`
	Bundle  *Bundle                    `json:"bundle,omitempty"` // absent when the worker has it
	Args    json.RawMessage            `json:"args"`
	Storage map[string]json.RawMessage `json:"storage"`
	Now     int64                      `json:"now,omitempty"` // milliseconds; 0: real
	Limits  Limits                     `json:"limits"`
}

type doneMessage struct {
	Value   json.RawMessage            `json:"value,omitempty"`
	Thrown  *Thrown                    `json:"thrown,omitempty"`
	Limit   string                     `json:"limit,omitempty"` // the bound that was reached
	Storage map[string]json.RawMessage `json:"storage,omitempty"`
	Changed bool                       `json:"changed,omitempty"`
	CPU     int64                      `json:"cpu"`
	Retire  bool                       `json:"retire,omitempty"` // this process should not be used again
}

func writeFrame(w io.Writer, m message) error {
	body, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encode frame: %w", err)
	}
	if len(body) > MaxFrame {
		return fmt.Errorf("frame of %d bytes is beyond %d", len(body), MaxFrame)
	}
	frame := make([]byte, 4+len(body))
	binary.BigEndian.PutUint32(frame, uint32(len(body)))
	copy(frame[4:], body)
	_, err = w.Write(frame)
	return err
}

func readFrame(r io.Reader) (message, error) {
	var m message
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return m, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > MaxFrame {
		return m, fmt.Errorf("frame of %d bytes is beyond %d", n, MaxFrame)
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(r, body); err != nil {
		return m, err
	}
	if err := json.Unmarshal(body, &m); err != nil {
		return m, fmt.Errorf("decode frame: %w", err)
	}
	return m, nil
}
