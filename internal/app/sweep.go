package app

import (
	"context"
	"errors"
	"time"

	"github.com/bangwo/bangwo/internal/httpapi"
)

// Times of sweeping.
const (
	sweepEvery = time.Hour
	sweepDays  = 3   // days that each sweep looks back
	sweepFirst = 400 // days that the first sweep looks back: the platform may have been off for long
)

// sweepForever deletes what has run out until ctx ends. Pauses and turns are the desk's own sweep.
func (a *App) sweepForever(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for days := sweepFirst; ; days = sweepDays {
		if err := a.Sweep(ctx, days); err != nil && ctx.Err() == nil {
			a.cfg.Log.WarnContext(ctx, "what has run out could not be deleted", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Sweep deletes stored answers to posts, sessions, operators' tokens, finished sign-ins and exposures that ran out on one of so
// many days before.
func (a *App) Sweep(ctx context.Context, days int) error {
	return errors.Join(httpapi.Sweep(ctx, a.db, a.cfg.Now(), days), a.people.Sweep(ctx, days), a.signIns.sweep(ctx, days),
		a.Exposures().Sweep(ctx, days))
}
