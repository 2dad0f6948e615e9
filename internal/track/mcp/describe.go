package mcp

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

// Bounds of short texts.
const (
	maxName = 256 // bytes of a tool's name; a longer one is not called
	maxNote = 500 // bytes of a progress note or of a server's error message
)

// describe reads what the server says of itself and its tools.
func (c *conn) describe(ctx context.Context, s *session) (catalog.Service, error) {
	svc := catalog.Service{Source: c.src}
	if info := s.client.InitializeResult(); info != nil {
		svc.Instruction = clip(info.Instructions, catalog.MaxText)
		if impl := info.ServerInfo; impl != nil {
			svc.Name = clip(first(impl.Title, impl.Name), maxName)
		}
	}
	svc.Description = summary(svc.Instruction)
	tools, err := listTools(ctx, s.client)
	if err != nil {
		return svc, err
	}
	names := make([]string, len(tools))
	for i, t := range tools {
		names[i] = t.Name
	}
	triggers := catalog.TriggersIn(nil, svc.Description, svc.Instruction)
	for _, t := range tools {
		capability, err := c.capability(t, names)
		if err != nil {
			c.driver.log.WarnContext(ctx, "a tool is left out", "server", c.label(), "tool", clip(t.Name, maxName), "error", err)
			continue
		}
		capability.Triggers = triggers
		svc.Capabilities = append(svc.Capabilities, capability)
	}
	catalog.WeighTogether(svc.Capabilities)
	return svc, nil
}

// listTools reads all pages of the tool list, within bounds.
func listTools(ctx context.Context, cs *sdk.ClientSession) ([]*sdk.Tool, error) {
	var tools []*sdk.Tool
	seen := map[string]bool{"": true}
	params := &sdk.ListToolsParams{}
	for range MaxPages {
		page, err := cs.ListTools(ctx, params)
		if err != nil {
			var rpc *jsonrpc.Error
			if errors.As(err, &rpc) && rpc.Code == jsonrpc.CodeMethodNotFound {
				return nil, nil // a server without tools
			}
			return nil, err
		}
		for _, t := range page.Tools {
			if t == nil || t.Name == "" || len(t.Name) > maxName {
				continue
			}
			if tools = append(tools, t); len(tools) > catalog.MaxCapabilities {
				return nil, fault.New(fault.Limit, "the server has more than %d tools", catalog.MaxCapabilities)
			}
		}
		if page.NextCursor == "" {
			return tools, nil
		}
		if seen[page.NextCursor] {
			return nil, fault.New(fault.Merchant, "the server's tool list leads in a circle")
		}
		seen[page.NextCursor] = true
		params = &sdk.ListToolsParams{Cursor: page.NextCursor}
	}
	return nil, fault.New(fault.Limit, "the server's tool list has more than %d pages", MaxPages)
}

func (c *conn) capability(t *sdk.Tool, siblings []string) (catalog.Capability, error) {
	out := catalog.Capability{Name: t.Name, Title: clip(t.Title, maxName), Description: catalog.WithoutRoute(clip(t.Description, catalog.MaxText))}
	hints := catalog.EffectHints{Undo: catalog.HasUndo(t.Name, siblings)}
	if a := t.Annotations; a != nil {
		out.Title = first(out.Title, clip(a.Title, maxName))
		hints.Destructive = a.DestructiveHint
		if a.ReadOnlyHint || a.DestructiveHint != nil { // absent and false look the same: false counts only beside another hint
			hints.ReadOnly = &a.ReadOnlyHint
		}
		if a.IdempotentHint {
			hints.Idempotent, out.Idempotent = &a.IdempotentHint, true
		}
	}
	var err error
	if out.Input, err = schemaOf(t.InputSchema); err != nil {
		return out, err
	}
	if t.OutputSchema != nil {
		if out.Output, err = schemaOf(t.OutputSchema); err != nil {
			return out, err
		}
	}
	out.Effect, out.EffectWhy = catalog.ClassifyEffect(out.Name, out.Description, out.Output, false, hints)
	return out, nil
}

func schemaOf(v any) (*catalog.Schema, error) {
	if v == nil {
		return catalog.ParseSchema(nil)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	if len(b) > MaxSchema {
		return nil, fault.New(fault.Limit, "a schema has %d bytes, at most %d are read", len(b), MaxSchema)
	}
	return catalog.ParseSchema(b)
}

// summary is the first paragraph of a text.
func summary(text string) string {
	para, _, _ := strings.Cut(strings.TrimSpace(text), "\n\n")
	return clip(para, maxNote)
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// clip cuts s to at most max bytes, at a character.
func clip(s string, max int) string {
	s = strings.ToValidUTF8(s, "�")
	if len(s) <= max {
		return s
	}
	for max > 0 && !utf8.RuneStart(s[max]) {
		max--
	}
	return s[:max]
}
