package httpapi

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bangwo/bangwo/internal/catalog"
)

// Bounds of what a service tells of itself beside its capabilities.
const (
	maxExamples   = 12  // sentences
	maxExample    = 80  // characters of one
	maxLabels     = 200 // names of results
	maxLabel      = 60  // characters of one
	maxLabelDepth = 4   // objects and lists in one another
)

// CapabilityView is a capability as people choose by it.
type CapabilityView struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Effect      string `json:"effect"`
}

// ServiceView is a service as people choose by it.
type ServiceView struct {
	ID           string            `json:"id"`
	Name         string            `json:"name"`
	Description  string            `json:"description"`
	Track        string            `json:"track"`
	Sandbox      bool              `json:"sandbox"`
	Capabilities []CapabilityView  `json:"capabilities"`
	Examples     []string          `json:"examples" doc:"Sentences that the merchant says people would say"`
	Labels       map[string]string `json:"labels" doc:"The merchant's words for the names in its results"`
}

func (s *Server) services(ctx context.Context, _ string, _ *none) ([]ServiceView, error) {
	list, err := s.Catalog.List(ctx)
	out := []ServiceView{}
	for _, v := range list {
		out = append(out, viewOf(v))
	}
	return out, err
}

func viewOf(v catalog.Service) ServiceView {
	out := ServiceView{ID: v.ID, Name: v.Name, Description: v.Description, Track: string(v.Source.Track), Sandbox: v.Sandbox,
		Capabilities: []CapabilityView{}, Examples: []string{}, Labels: map[string]string{}}
	for _, c := range v.Capabilities {
		out.Capabilities = append(out.Capabilities, CapabilityView{Name: c.Name, Title: c.Title, Description: c.Description, Effect: string(c.Effect)})
		for _, t := range c.Triggers {
			if len(out.Examples) < maxExamples && utf8.RuneCountInString(t) <= maxExample && !slices.Contains(out.Examples, t) {
				out.Examples = append(out.Examples, t)
			}
		}
		label(out.Labels, c.Output, 0)
	}
	return out
}

// label collects the titles, else the descriptions, of a result's properties by name; the first capability's count.
func label(into map[string]string, s *catalog.Schema, depth int) {
	if s == nil || depth > maxLabelDepth {
		return
	}
	for _, p := range s.Properties {
		if p.Schema == nil {
			continue
		}
		text := strings.TrimSpace(p.Schema.Title)
		if text == "" {
			text = strings.TrimSpace(p.Schema.Description)
		}
		if _, known := into[p.Name]; !known && text != "" && utf8.RuneCountInString(text) <= maxLabel && len(into) < maxLabels {
			into[p.Name] = text
		}
		label(into, p.Schema, depth+1)
	}
	label(into, s.Items, depth+1)
}
