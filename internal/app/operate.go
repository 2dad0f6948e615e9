package app

import (
	"context"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/httpapi"
	"github.com/bangwo/bangwo/internal/registry"
	"github.com/bangwo/bangwo/internal/track/mcp"
)

// operations are what operators do over HTTP.
type operations struct{ app *App }

// AddService brings a server in as a sandbox merchant.
func (o operations) AddService(ctx context.Context, r httpapi.ServiceRequest) (catalog.Service, error) {
	return o.app.services.Add(ctx, catalog.Source{Track: catalog.TrackMCP, URL: r.URL}, registry.AddOptions{ID: r.ID, Name: r.Name, Sandbox: true})
}

// RemoveService takes a service out.
func (o operations) RemoveService(ctx context.Context, id string) error {
	return o.app.RemoveService(ctx, id)
}

// RemoveService takes a service out and, when it was the last at its address, forgets what a sign-in there brought.
func (a *App) RemoveService(ctx context.Context, id string) error {
	svc, err := a.services.Get(ctx, id)
	if err != nil {
		return err
	}
	if err := a.services.Remove(ctx, id); err != nil || svc.Source.URL == "" {
		return err
	}
	key := mcp.GrantKey(svc.Source)
	for s, err := range a.services.All(ctx) {
		if err != nil || s.Source.URL != "" && mcp.GrantKey(s.Source) == key {
			return err // the sign-in is another service's too, or may be
		}
	}
	return a.servers.SignOut(ctx, svc.Source)
}

// SignIn leads the operator through the sign-in that a server wants; see mcp.Driver.
func (a *App) SignIn(ctx context.Context, src catalog.Source, door mcp.Door, scopes ...string) error {
	return a.servers.SignIn(ctx, src, door, scopes...)
}

// SignOut forgets what a sign-in at a server brought.
func (a *App) SignOut(ctx context.Context, src catalog.Source) error {
	return a.servers.SignOut(ctx, src)
}
