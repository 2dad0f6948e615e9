package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// bind gives the bootstrap its Go functions; it takes them off the global object before any other script runs.
func (r *run) bind() error {
	for name, fn := range map[string]func([]any) (any, error){
		"__settle": r.settle, "__host": r.callHost, "__log": r.log, "__file": r.file,
		"__timer": r.timer, "__untimer": r.untimer, "__now": func([]any) (any, error) { return r.clock.millis(), nil },
		"__get": r.store.get, "__set": r.store.set, "__remove": r.store.remove, "__clear": r.store.clear,
		"__keys": r.store.keys, "__size": r.store.sizeOf,
	} {
		if err := r.engine.Bind(name, fn); err != nil {
			return err
		}
	}
	return nil
}

// settle takes the job's end: kind is value, undefined or thrown.
func (r *run) settle(args []any) (any, error) {
	if r.settled {
		return nil, nil
	}
	kind, text, stack := text(args, 0), text(args, 1), text(args, 2)
	switch {
	case kind == "value" && len(text) > MaxValue:
		r.limit = fmt.Sprintf("result of %d bytes is beyond %d", len(text), MaxValue)
	case kind == "value" && !json.Valid([]byte(text)):
		r.thrown = &Thrown{Message: "result is not JSON"}
	case kind == "value":
		r.value = json.RawMessage(text)
	case kind == "thrown" && strings.Contains(text, "out of memory"): // an async function turns the engine's stop into a rejection
		r.limit = string(stoppedMemory)
	case kind == "thrown" && text == "interrupted":
		r.limit = string(stoppedTime)
	case kind == "thrown":
		r.thrown = &Thrown{Message: cut(text, MaxThrown), Stack: cut(stack, MaxThrown)}
	}
	r.settled = true
	return nil, nil
}

func (r *run) callHost(args []any) (any, error) {
	if r.calls++; r.calls > MaxHostCalls {
		return nil, fmt.Errorf("more than %d calls of the platform", MaxHostCalls)
	}
	if r.waiting >= MaxHostWaiting {
		return nil, fmt.Errorf("more than %d calls of the platform at the same time", MaxHostWaiting)
	}
	body := text(args, 2)
	if len(body) > MaxHostArgs || !json.Valid([]byte(body)) {
		return nil, fmt.Errorf("arguments of a platform call must be JSON of at most %d bytes", MaxHostArgs)
	}
	r.waiting++
	return nil, r.worker.send(message{Kind: msgHost, ID: number(args, 0), Name: cut(text(args, 1), 200), Value: json.RawMessage(body)})
}

func (r *run) log(args []any) (any, error) {
	if r.logs++; r.logs > MaxLogs {
		return nil, nil
	}
	line := cut(text(args, 0)+": "+text(args, 1), MaxLogLine)
	return nil, r.worker.send(message{Kind: msgLog, Name: line})
}

func (r *run) file(args []any) (any, error) {
	if s, ok := r.worker.bundle.Files[text(args, 0)]; ok {
		return s, nil
	}
	return nil, nil
}

func (r *run) timer(args []any) (any, error) {
	return nil, r.clock.add(number(args, 0), number(args, 1), args)
}

func (r *run) untimer(args []any) (any, error) {
	r.clock.drop(number(args, 0))
	return nil, nil
}

func text(args []any, i int) string {
	if i < len(args) {
		if s, ok := args[i].(string); ok {
			return s
		}
	}
	return ""
}

func number(args []any, i int) int {
	if i >= len(args) {
		return 0
	}
	switch v := args[i].(type) {
	case int:
		return v
	case int32:
		return int(v)
	case int64:
		return int(v)
	case float64:
		if v > -1e15 && v < 1e15 {
			return int(v)
		}
	}
	return 0
}

var errTooManyTimers = errors.New("too many timers")
