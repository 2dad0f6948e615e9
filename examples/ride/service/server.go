package service

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

//go:embed tools/*.json
var toolFiles embed.FS

// Config of the service. The zero value serves from memory, without faults.
type Config struct {
	File   string           // keeps the orders; "" for memory
	Seed   string           // of ids; the same seed gives the same ids
	Surge  float64          // above 1: fares rise by this factor at the first booking
	Faults []Fault          // switched on
	Slow   time.Duration    // how long the fault slow waits
	Now    func() time.Time // nil: the machine's clock
	Die    func()           // ends the process for the fault die-mid-call; nil: the fault does nothing
}

// Service is the merchant. Safe for concurrent use.
type Service struct {
	config Config
	city   city
	keeper *keeper
	now    func() time.Time
}

// New returns the service.
func New(config Config) (*Service, error) {
	c, err := loadCity()
	if err != nil {
		return nil, fmt.Errorf("load the city: %w", err)
	}
	if config.Seed == "" {
		config.Seed = "cloudway"
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Slow == 0 {
		config.Slow = defaultSlow
	}
	return &Service{config: config, city: c, keeper: &keeper{file: config.File}, now: config.Now}, nil
}

const instructions = `云途出行：北京市内打车。先用 search_places 查上车点和目的地，再用 estimate_ride 估价，乘客确认后用 book_ride 叫车；get_ride 查状态，cancel_ride 取消。
Cloudway Rides: car rides in the city of Beijing. Look up pickup point and destination with search_places, quote with estimate_ride, and book with book_ride once the passenger has agreed; get_ride tells the status, cancel_ride cancels.`

type handler func(ctx context.Context, s *Service, req *mcp.CallToolRequest) (any, error)

var handlers = map[string]handler{
	"search_places": searchPlaces, "estimate_ride": estimateRide, "book_ride": bookRide, "get_ride": getRide, "cancel_ride": cancelRide,
}

// Server returns the MCP server with its tools.
func (s *Service) Server() (*mcp.Server, error) {
	server := mcp.NewServer(&mcp.Implementation{Name: "cloudway-rides", Title: "云途出行", Version: "1.0.0"}, &mcp.ServerOptions{Instructions: instructions})
	for name, h := range handlers {
		data, err := toolFiles.ReadFile("tools/" + name + ".json")
		if err != nil {
			return nil, err
		}
		var tool struct {
			mcp.Tool
			Input  json.RawMessage `json:"inputSchema"`
			Output json.RawMessage `json:"outputSchema"`
		}
		if err := json.Unmarshal(data, &tool); err != nil {
			return nil, fmt.Errorf("tool %s: %w", name, err)
		}
		tool.InputSchema, tool.OutputSchema = tool.Input, tool.Output
		server.AddTool(&tool.Tool, s.serve(h))
	}
	return server, nil
}

// serve runs a handler, with the faults that are switched on, and writes its answer as the protocol wants it.
func (s *Service) serve(h handler) mcp.ToolHandler {
	return func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if err := s.before(ctx); err != nil {
			return nil, err
		}
		value, err := h(ctx, s, req)
		var no *refusal
		switch {
		case errors.As(err, &no):
			body := map[string]any{"code": no.Code, "message": no.Error()}
			for k, v := range no.Details {
				body[k] = v
			}
			return &mcp.CallToolResult{IsError: true, StructuredContent: body, Content: []mcp.Content{&mcp.TextContent{Text: no.Error()}}}, nil
		case err != nil:
			return nil, err
		}
		text, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		return &mcp.CallToolResult{StructuredContent: json.RawMessage(text), Content: []mcp.Content{&mcp.TextContent{Text: string(text)}}}, nil
	}
}

// arguments reads a call's arguments; unknown ones are a caller's mistake.
func arguments(req *mcp.CallToolRequest, into any) error {
	if err := json.Unmarshal(req.Params.Arguments, into); err != nil {
		return &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: "arguments: " + err.Error()}
	}
	return nil
}

func missing(name string) error {
	return &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: "arguments: " + name + " is missing"}
}
