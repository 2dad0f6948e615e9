package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Fault is a way to misbehave.
type Fault string

// The faults.
const (
	FaultSlow       Fault = "slow"          // every call waits first
	FaultDown       Fault = "down"          // every call fails
	FaultWrongPrice Fault = "wrong-price"   // an order costs a quarter more than its quote said
	FaultDouble     Fault = "double-answer" // every answer over stdio is sent twice
	FaultDie        Fault = "die-mid-call"  // the first booking is made, and the server dies before it answers
)

const defaultSlow = 3 * time.Second

// ParseFaults reads a list such as "slow,wrong-price".
func ParseFaults(list string) ([]Fault, error) {
	var out []Fault
	for word := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		f := Fault(word)
		if !slices.Contains([]Fault{FaultSlow, FaultDown, FaultWrongPrice, FaultDouble, FaultDie}, f) {
			return nil, fmt.Errorf("no fault %q", word)
		}
		out = append(out, f)
	}
	return out, nil
}

func (s *Service) has(f Fault) bool { return slices.Contains(s.config.Faults, f) }

// before is what a call meets before it is served.
func (s *Service) before(ctx context.Context) error {
	if s.has(FaultDown) {
		return errors.New("service unavailable")
	}
	if !s.has(FaultSlow) {
		return nil
	}
	timer := time.NewTimer(s.config.Slow)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// mayDie ends the process once, when the fault is on and the order is made.
func (s *Service) mayDie() {
	if !s.has(FaultDie) || s.config.Die == nil {
		return
	}
	first := false
	err := s.keeper.change(func(b *book) error {
		first, b.Died = !b.Died, true
		return nil
	})
	if err == nil && first {
		s.config.Die()
	}
}

// Transport wraps a transport with the faults of the wire.
func (s *Service) Transport(t mcp.Transport) mcp.Transport {
	if s.has(FaultDouble) {
		return doubling{t}
	}
	return t
}

type doubling struct{ mcp.Transport }

// Connect returns a connection that sends every answer twice.
func (d doubling) Connect(ctx context.Context) (mcp.Connection, error) {
	c, err := d.Transport.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return doubled{c}, nil
}

type doubled struct{ mcp.Connection }

// Write sends an answer twice, anything else once.
func (d doubled) Write(ctx context.Context, m jsonrpc.Message) error {
	err := d.Connection.Write(ctx, m)
	if _, answer := m.(*jsonrpc.Response); answer && err == nil {
		return d.Connection.Write(ctx, m)
	}
	return err
}
