package eval

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"modernc.org/quickjs"

	"github.com/bangwo/bangwo/internal/fault"
)

// An MCP server of a suite is a folder of three files: server.json ({name, title, version, instructions}), tools.json
// (the tools as the protocol lists them) and server.js, a script that fills the object tools with a function for each.
// A function gets the arguments and returns {data?, text?, error?}; it keeps everything in the global state and reads
// the time from now(), in milliseconds.
const (
	serverFile = "server.json"
	toolsFile  = "tools.json"
	scriptFile = "server.js"
	callBudget = 5 * time.Second // of script time for one call
)

// prelude is what every server's script finds; __call is how Go enters it.
const prelude = `var state = {}, tools = {};
function __has(name) { return typeof tools[name] === 'function'; }
function __state() { return JSON.stringify(state); }
function __call(name, args) { return JSON.stringify(tools[name](JSON.parse(args)) || {}); }
`

// merchant is one MCP server in this process. Reset gives it its first state back. Safe for concurrent use.
type merchant struct {
	id     string
	script string
	now    func() time.Time

	mu   sync.Mutex // guards what follows
	vm   *quickjs.VM
	used bool // since the last reset
}

type serverInfo struct {
	Name         string `json:"name"`
	Title        string `json:"title"`
	Version      string `json:"version"`
	Instructions string `json:"instructions"`
}

// newMerchant loads the server's folder and returns it with the server that speaks for it.
func newMerchant(s Service, now func() time.Time) (*merchant, *mcp.Server, error) {
	var info serverInfo
	if err := readJSON(filepath.Join(s.Dir, serverFile), &info); err != nil {
		return nil, nil, err
	}
	raw, err := os.ReadFile(filepath.Join(s.Dir, toolsFile))
	if err != nil {
		return nil, nil, fault.New(fault.Invalid, "service %s: %w", s.ID, err)
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, nil, fault.New(fault.Invalid, "service %s: %s: %w", s.ID, toolsFile, err)
	}
	src, err := os.ReadFile(filepath.Join(s.Dir, scriptFile))
	if err != nil {
		return nil, nil, fault.New(fault.Invalid, "service %s: %w", s.ID, err)
	}
	m := &merchant{id: s.ID, script: string(src), now: now, used: true}
	if err := m.reset(); err != nil {
		return nil, nil, err
	}
	server := mcp.NewServer(&mcp.Implementation{Name: info.Name, Title: info.Title, Version: info.Version}, &mcp.ServerOptions{Instructions: info.Instructions})
	for _, one := range list {
		tool, err := readTool(one)
		if err == nil && !m.has(tool.Name) {
			err = fault.New(fault.Invalid, "%s has no function for the tool %q", scriptFile, tool.Name)
		}
		if err != nil {
			return nil, nil, fault.New(fault.Invalid, "service %s: %w", s.ID, err)
		}
		server.AddTool(tool, m.handler(tool))
	}
	return m, server, nil
}

func readTool(raw json.RawMessage) (*mcp.Tool, error) {
	var t struct {
		mcp.Tool
		Input  json.RawMessage `json:"inputSchema"`
		Output json.RawMessage `json:"outputSchema"`
	}
	if err := json.Unmarshal(raw, &t); err != nil {
		return nil, err
	}
	t.InputSchema = t.Input
	if len(t.Output) > 0 {
		t.OutputSchema = t.Output
	}
	return &t.Tool, nil
}

// reset gives the merchant its first state.
func (m *merchant) reset() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.used {
		return nil
	}
	m.shut()
	vm, err := quickjs.NewVM()
	if err != nil {
		return fault.New(fault.Internal, "a script engine: %w", err)
	}
	m.vm = vm
	err = vm.RegisterHostFunc("now", func([]any) (any, error) { return float64(m.now().UnixMilli()), nil })
	if err == nil {
		_, err = vm.Eval(prelude+m.script, quickjs.EvalGlobal)
	}
	if err != nil {
		return fault.New(fault.Invalid, "service %s: %s: %w", m.id, scriptFile, err)
	}
	m.used = false
	return nil
}

// shut ends the script. m.mu is held.
func (m *merchant) shut() {
	if m.vm != nil {
		_ = m.vm.Close()
		m.vm = nil
	}
}

func (m *merchant) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.shut()
}

func (m *merchant) has(tool string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, err := m.vm.Call("__has", tool)
	yes, _ := v.(bool)
	return err == nil && yes
}

// state returns what the merchant keeps.
func (m *merchant) state() (any, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	text, err := m.vm.Call("__state")
	if err != nil {
		return nil, fault.New(fault.Internal, "state of %s: %w", m.id, err)
	}
	var out any
	err = json.Unmarshal([]byte(textOf(text)), &out)
	return out, err
}

// answer is what a function returns.
type answer struct {
	Data  json.RawMessage `json:"data"`
	Text  string          `json:"text"`
	Error string          `json:"error"`
}

func (m *merchant) handler(tool *mcp.Tool) mcp.ToolHandler {
	structured := tool.OutputSchema != nil
	return func(_ context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		a, err := m.call(tool.Name, req.Params.Arguments)
		if err != nil {
			return nil, err
		}
		if a.Error != "" {
			return &mcp.CallToolResult{IsError: true, Content: []mcp.Content{&mcp.TextContent{Text: a.Error}}}, nil
		}
		text := a.Text
		if text == "" {
			text = string(a.Data)
		}
		result := &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}
		if structured && len(a.Data) > 0 {
			result.StructuredContent = a.Data
		}
		return result, nil
	}
}

// call runs one function of the script.
func (m *merchant) call(tool string, raw json.RawMessage) (answer, error) {
	args := "{}"
	if len(raw) > 0 && string(raw) != "null" {
		args = string(raw)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.vm == nil {
		return answer{}, fault.New(fault.Unavailable, "%s is closed", m.id)
	}
	m.used = true
	_ = m.vm.SetEvalTimeout(callBudget)
	text, err := m.vm.Call("__call", tool, args)
	if err != nil {
		return answer{}, err
	}
	var a answer
	err = json.Unmarshal([]byte(textOf(text)), &a)
	return a, err
}
