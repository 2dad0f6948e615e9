package sandbox

import (
	"errors"
	"strings"
	"time"

	"modernc.org/quickjs"
)

// Engine is a script engine with one context. Not safe for concurrent use, but for Interrupt.
type Engine interface {
	// Bind makes a Go function a global of the script. It gets strings, numbers, booleans and nil.
	Bind(name string, fn func(args []any) (any, error)) error
	// Eval runs a script and keeps its value, a function.
	Eval(script string) (Function, error)
	// Call calls a kept function.
	Call(fn Function, args ...any) error
	// Drain runs the queue of promise jobs until it is empty or an interrupt ends it.
	Drain() error
	// Budget is how much script time all further calls together may take.
	Budget(d time.Duration)
	// Interrupt stops the script at the engine's next look; a long built-in does not look.
	Interrupt()
	Close()
}

// Function is a function value of an engine.
type Function any

// stopped tells why an engine ended a script by itself.
type stopped string

func (s stopped) Error() string { return string(s) }

const (
	stoppedTime   stopped = "script time"
	stoppedMemory stopped = "memory"
)

type quickEngine struct {
	vm   *quickjs.VM
	kept []*quickjs.Value
}

var _ Engine = (*quickEngine)(nil)

func newEngine(heap int) (*quickEngine, error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, err
	}
	vm.SetMemoryLimit(uintptr(heap))
	return &quickEngine{vm: vm}, nil
}

func (e *quickEngine) Bind(name string, fn func([]any) (any, error)) error {
	return e.vm.RegisterHostFunc(name, fn)
}

func (e *quickEngine) Eval(script string) (Function, error) {
	v, err := e.vm.EvalValue(script, quickjs.EvalGlobal)
	if err != nil {
		return nil, engineError(err)
	}
	e.kept = append(e.kept, &v)
	return &v, nil
}

func (e *quickEngine) Call(fn Function, args ...any) error {
	v, err := fn.(*quickjs.Value).CallValue(quickjs.UndefinedValue, args...)
	if err != nil {
		return engineError(err)
	}
	v.Free()
	return nil
}

func (e *quickEngine) Drain() error {
	_, err := e.vm.ExecutePendingJobs()
	if err == nil {
		return nil
	}
	// A job's own exception is an unhandled rejection of the script's; only a stop ends the drain.
	if stop := engineError(err); errors.Is(stop, stoppedTime) || errors.Is(stop, stoppedMemory) {
		return stop
	}
	return nil
}

func (e *quickEngine) Budget(d time.Duration) { _ = e.vm.SetEvalTimeout(max(d, time.Millisecond)) }

func (e *quickEngine) Interrupt() { e.vm.Interrupt() }

func (e *quickEngine) Close() {
	for _, v := range e.kept {
		v.Free()
	}
	_ = e.vm.Close()
}

// engineError recognises the engine's own stops. At the memory cap the thrown value may be null.
func engineError(err error) error {
	text := err.Error()
	switch {
	case strings.Contains(text, "interrupted") || strings.Contains(text, "aborted draining"):
		return stoppedTime
	case text == "null" || strings.Contains(text, "out of memory"):
		return stoppedMemory
	}
	return err
}
