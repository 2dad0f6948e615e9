package registry

import (
	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
)

// check validates arguments against the capability's input schema; a fault invalid says which rule they break.
func (r *Registry) check(c catalog.Capability, args map[string]any) error {
	if err := r.schemas.Input(c.Input, args); err != nil {
		return fault.New(fault.Invalid, "arguments of %s: %w", c.Key(), err).
			With("service", c.Service).With("capability", c.Name).With("why", err.Error())
	}
	return nil
}
