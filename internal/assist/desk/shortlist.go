package desk

import (
	"context"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/catalog"
)

// choose gives a request the services that could be meant. Those that the turn's plan works with are among them.
func (w *worker) choose(r assist.Request) assist.Request {
	wanted := r.Wanted()
	if w.t.Plan != nil {
		for _, s := range w.t.Plan.Steps {
			wanted.Also = append([]string{s.Service}, wanted.Also...)
		}
	}
	list := w.Services.Shortlist(w.ctx, wanted)
	r.Services, r.Spread = w.working(list.Services), list.Spread
	return r
}

// finder looks capabilities up by the services' ids.
func (d *Desk) finder(ctx context.Context) plan.Find {
	known := map[string]*catalog.Service{}
	return func(service, skill, capability string) (catalog.Capability, bool) {
		s, seen := known[service]
		if !seen {
			if found, ok := d.service(ctx, service); ok {
				s = &found
			}
			known[service] = s
		}
		if s == nil {
			return catalog.Capability{}, false
		}
		return s.Capability(skill, capability)
	}
}

// service finds a service by id.
func (d *Desk) service(ctx context.Context, id string) (catalog.Service, bool) {
	return d.Services.Service(ctx, id)
}
