package mcp

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// MaxContents bounds the pieces of content of one result.
const MaxContents = 1000

// accept turns an answer into a result and holds it against what the tool declared.
func (c *conn) accept(r *sdk.CallToolResult, capability catalog.Capability) (track.Result, error) {
	if r == nil {
		return track.Result{}, c.lie(capability, "it answered nothing")
	}
	if len(r.Content) > MaxContents {
		return track.Result{}, fault.New(fault.Limit, "%s answered %d pieces of content, at most %d are taken", capability.Name, len(r.Content), MaxContents)
	}
	out := track.Result{IsError: r.IsError, Text: texts(r.Content)}
	structured, err := structuredOf(r, out.Text)
	if err != nil {
		return track.Result{}, c.lie(capability, err.Error())
	}
	out.Structured = structured
	if size := sizeOf(out); size > track.MaxResult {
		return track.Result{}, unknownIf(capability, fault.New(fault.Limit, "%s answered %d bytes, at most %d are taken", capability.Name, size, track.MaxResult))
	}
	if r.IsError || capability.Output == nil {
		return out, nil
	}
	if len(structured) == 0 {
		if len(capability.Output.Required) > 0 {
			return track.Result{}, c.lie(capability, "it declares a structured result and gave none")
		}
		return out, nil
	}
	if err := c.checker.Output(capability.Output, structured); err != nil {
		return track.Result{}, c.lie(capability, err.Error())
	}
	return out, nil
}

// lie is a result that is not what the tool declared. The call itself may have done what it does.
func (c *conn) lie(capability catalog.Capability, what string) error {
	return unknownIf(capability, fault.New(fault.Merchant, "%s of %s broke its own description: %s", capability.Name, c.label(), what)).
		With("capability", capability.Name)
}

func sizeOf(r track.Result) int {
	n := len(r.Structured)
	for _, t := range r.Text {
		n += len(t)
	}
	return n
}

// texts are the words of a result; what is not text is named.
func texts(contents []sdk.Content) []string {
	var out []string
	for _, content := range contents {
		switch x := content.(type) {
		case *sdk.TextContent:
			out = append(out, x.Text)
		case *sdk.ImageContent:
			out = append(out, fmt.Sprintf("[%s, %d bytes]", x.MIMEType, len(x.Data)))
		case *sdk.AudioContent:
			out = append(out, fmt.Sprintf("[%s, %d bytes]", x.MIMEType, len(x.Data)))
		case *sdk.ResourceLink:
			out = append(out, strings.TrimSpace(x.Name+" "+x.URI))
		case *sdk.EmbeddedResource:
			if x.Resource != nil {
				out = append(out, first(x.Resource.Text, x.Resource.URI))
			}
		}
	}
	return out
}

// structuredOf is the structured result. The text beside it is preferred where it says the same, because it keeps large
// numbers exact; where there is only text and it is one JSON object, that is the structured result.
func structuredOf(r *sdk.CallToolResult, texts []string) (json.RawMessage, error) {
	text, value := textObject(r, texts)
	if r.StructuredContent == nil {
		return text, nil
	}
	if text != nil && reflect.DeepEqual(value, r.StructuredContent) {
		return text, nil
	}
	b, err := json.Marshal(r.StructuredContent)
	if err != nil {
		return nil, fmt.Errorf("its structured result is not JSON: %w", err)
	}
	return b, nil
}

func textObject(r *sdk.CallToolResult, texts []string) (json.RawMessage, any) {
	if len(r.Content) != 1 || len(texts) != 1 {
		return nil, nil
	}
	if _, ok := r.Content[0].(*sdk.TextContent); !ok {
		return nil, nil
	}
	text := strings.TrimSpace(texts[0])
	var object map[string]any
	if !strings.HasPrefix(text, "{") || json.Unmarshal([]byte(text), &object) != nil {
		return nil, nil
	}
	return json.RawMessage(text), object
}
