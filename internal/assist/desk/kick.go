package desk

import (
	"context"
	"errors"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/store"
)

// kick has the turn driven by this node, now or when a slot is free. A kick during a drive makes it look again afterwards.
func (d *Desk) kick(id string) {
	d.mu.Lock()
	_, busy := d.driving[id]
	d.driving[id] = busy
	d.mu.Unlock()
	if busy {
		return
	}
	if !d.background(func() { d.driveSlot(id) }) {
		d.forget(id)
	}
}

func (d *Desk) forget(id string) {
	d.mu.Lock()
	delete(d.driving, id)
	d.mu.Unlock()
}

func (d *Desk) driveSlot(id string) {
	select {
	case d.slots <- struct{}{}:
		defer func() { <-d.slots }()
	case <-d.ctx.Done():
		d.forget(id)
		return
	}
	pause, crashed := RestartPause, 0
	for n := 0; n < MaxRestarts; n++ {
		err := d.drive(id, crashed >= MaxCrashes)
		crashed = crashes(crashed, err)
		if err == nil || d.ctx.Err() != nil {
			if d.again(id) {
				continue
			}
			return
		}
		if !errors.Is(err, errLost) {
			d.Log.Error("a turn stopped and starts again from the store", "turn", id, "error", err)
		}
		if !wait(d.ctx, pause) {
			break
		}
		pause = min(2*pause, LeaseFor)
	}
	d.forget(id)
}

// again tells whether the turn was kicked while it was driven; if not, it is no longer driven.
func (d *Desk) again(id string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.driving[id] && d.ctx.Err() == nil {
		d.driving[id] = false
		return true
	}
	delete(d.driving, id)
	return false
}

func wait(ctx context.Context, dt time.Duration) bool {
	timer := time.NewTimer(dt)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (d *Desk) sweepForever() {
	for wait(d.ctx, SweepEvery) {
		if err := d.sweep(d.ctx); err != nil && d.ctx.Err() == nil {
			d.Log.Error("the sweep for unfinished turns failed", "error", err)
		}
	}
}

// sweep closes pauses that ran out and kicks every turn that is ready and that nobody drives.
func (d *Desk) sweep(ctx context.Context) error {
	err := d.eachOf(ctx, kindPause, groupOpen, func(rec store.Record) error {
		p := &pause{version: rec.Version}
		if err := decode(rec, p); err != nil {
			return err
		}
		if d.Clock().Before(p.Expires) {
			return nil
		}
		err := d.close(ctx, p, pauseExpired, assist.Answer{})
		if fault.Is(err, fault.Conflict) {
			return nil // answered at the last moment
		}
		return err
	})
	if err != nil {
		return err
	}
	return d.eachOf(ctx, kindTurn, groupReady, func(rec store.Record) error {
		d.kick(rec.ID)
		return nil
	})
}

// eachOf visits the records of a group, page by page.
func (d *Desk) eachOf(ctx context.Context, kind, group string, visit func(store.Record) error) error {
	after := ""
	for range MaxSweep {
		recs, err := d.Store.List(ctx, store.Query{Kind: kind, Group: group, After: after})
		if err != nil {
			return err
		}
		for _, r := range recs {
			if err := visit(r); err != nil {
				d.Log.Error("a record was passed over", "kind", kind, "id", r.ID, "error", err)
			}
			after = r.ID
		}
		if len(recs) < store.MaxList {
			return nil
		}
	}
	return nil
}
