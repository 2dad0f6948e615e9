package mcp

import (
	"context"
	"encoding/json"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
)

// onElicit asks the person of the call that the question belongs to. Where that cannot be told, nobody is asked:
// another person must not see it.
func (c *conn) onElicit(ctx context.Context, req *sdk.ElicitRequest) (*sdk.ElicitResult, error) {
	f, ok := ctx.Value(flightKey{}).(*flight)
	if !ok {
		f, ok = c.only()
	}
	if !ok || f.doors == nil || req.Params.Mode == "url" {
		return &sdk.ElicitResult{Action: "decline"}, nil
	}
	schema, err := schemaOf(req.Params.RequestedSchema)
	if err != nil {
		return &sdk.ElicitResult{Action: "decline"}, nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(f.ctx, cancel)() // the question ends with its call
	answer := f.doors.Open(ctx, track.DoorRequest{Kind: track.DoorElicit, API: "elicitation/create",
		Request: map[string]any{"message": clip(req.Params.Message, catalog.MaxText), "schema": json.RawMessage(schema.Raw)}})
	if ctx.Err() != nil {
		return &sdk.ElicitResult{Action: "cancel"}, nil
	}
	if !answer.Granted {
		return &sdk.ElicitResult{Action: "decline"}, nil
	}
	return &sdk.ElicitResult{Action: "accept", Content: filled(schema, answer.Value)}, nil
}

// filled adds the form's defaults for what the person left open.
func filled(schema *catalog.Schema, value map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range value {
		out[k] = v
	}
	for _, p := range schema.Properties {
		if _, ok := out[p.Name]; !ok && p.Schema.Default != nil {
			out[p.Name] = p.Schema.Default
		}
	}
	return out
}
