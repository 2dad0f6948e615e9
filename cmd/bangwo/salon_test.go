package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// salon is a hairdresser as an MCP server on standard input and output, for the scripts: it books a slot, moves an
// appointment to another one, and cancels it. Its book is the file that it is given; each line is one call that did something.
func salon() {
	s := mcp.NewServer(&mcp.Implementation{Name: "Shear Delight", Version: "1"}, &mcp.ServerOptions{Instructions: "A hairdresser: haircuts by appointment."})
	book := os.Args[1]
	type slot struct {
		SlotID  string `json:"slot_id"`
		Starts  string `json:"starts_at" jsonschema:"when it begins, RFC 3339"`
		Stylist string `json:"stylist"`
		Price   int    `json:"price_yuan"`
	}
	var slots []slot
	for day := 24; day <= 26; day++ {
		for hour := 10; hour <= 18; hour += 2 {
			price := 88
			if hour >= 18 {
				price = 108
			}
			slots = append(slots, slot{fmt.Sprintf("SL-%d-%d", day, hour), fmt.Sprintf("2026-11-%dT%02d:00:00+08:00", day, hour), "Mei", price})
		}
	}
	find := func(id string) slot {
		for _, sl := range slots {
			if sl.SlotID == id {
				return sl
			}
		}
		return slot{}
	}
	note := func(format string, args ...any) {
		f, err := os.OpenFile(book, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(f, format+"\n", args...)
		if err := f.Close(); err != nil {
			panic(err)
		}
	}
	type appointment struct {
		ID     string `json:"appointment_id"`
		Starts string `json:"starts_at"`
		Total  int    `json:"total_yuan"`
		Status string `json:"status"`
	}
	mcp.AddTool(s, &mcp.Tool{Name: "list_slots", Description: "List free haircut slots", Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true}},
		func(context.Context, *mcp.CallToolRequest, struct{}) (*mcp.CallToolResult, struct {
			Slots []slot `json:"slots"`
		}, error) {
			return nil, struct {
				Slots []slot `json:"slots"`
			}{slots}, nil
		})
	type booking struct {
		SlotID string `json:"slot_id" jsonschema:"from list_slots"`
	}
	mcp.AddTool(s, &mcp.Tool{Name: "book_appointment", Description: "Book a haircut appointment in a slot"},
		func(_ context.Context, _ *mcp.CallToolRequest, in booking) (*mcp.CallToolResult, appointment, error) {
			sl := find(in.SlotID)
			note("book %s", in.SlotID)
			return nil, appointment{"AP-7", sl.Starts, sl.Price, "booked"}, nil
		})
	type move struct {
		ID   string `json:"appointment_id"`
		Slot string `json:"new_slot_id" jsonschema:"the slot to move to, from list_slots"`
	}
	mcp.AddTool(s, &mcp.Tool{Name: "reschedule_appointment", Description: "Move an existing appointment to another slot"},
		func(_ context.Context, _ *mcp.CallToolRequest, in move) (*mcp.CallToolResult, appointment, error) {
			sl := find(in.Slot)
			if in.ID != "AP-7" {
				return nil, appointment{}, fmt.Errorf("no appointment %q", in.ID)
			}
			note("move %s", in.Slot)
			return nil, appointment{in.ID, sl.Starts, sl.Price, "booked"}, nil
		})
	type cancel struct {
		ID string `json:"appointment_id"`
	}
	mcp.AddTool(s, &mcp.Tool{Name: "cancel_appointment", Description: "Cancel an appointment"},
		func(_ context.Context, _ *mcp.CallToolRequest, in cancel) (*mcp.CallToolResult, map[string]any, error) {
			note("cancel %s", in.ID)
			return nil, map[string]any{"appointment_id": in.ID, "status": "cancelled"}, nil
		})
	if err := s.Run(context.Background(), &mcp.StdioTransport{}); err != nil {
		_ = json.NewEncoder(os.Stderr).Encode(err.Error())
	}
}
