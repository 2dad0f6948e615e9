package desk

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/ledger"
	"github.com/bangwo/bangwo/internal/store"
)

// errLost ends a worker whose memory may differ from the store: another worker starts from the store.
var errLost = errors.New("the turn was taken over or its state could not be stored")

// worker drives one turn under a lease. Its fields are guarded by mu where steps run in parallel.
type worker struct {
	*Desk
	ctx    context.Context
	cancel context.CancelCauseFunc

	mu      sync.Mutex
	t       *turn
	steps   map[string]*step // by step id
	orders  map[string]*orderRecord
	lease   lease
	leaseV  int64
	signalV int64
	lost    bool
	doomed  bool
	broken  error           // a rule was broken while editing: nothing is stored
	asks    []*pause        // questions that came up while steps ran
	nothing []*plan.Nothing // picks that found nothing while steps ran

	live     context.Context // of calls that may be broken off: ends when the person stops the turn
	stopLive context.CancelFunc
}

// drive takes the turn's lease and works on it until it ends, waits for the person, is lost or the desk closes. A turn
// that is doomed, since the work on it crashed too often, is taken back.
func (d *Desk) drive(id string, doomed bool) error {
	ctx, cancel := context.WithCancelCause(d.ctx)
	defer cancel(nil)
	w := &worker{Desk: d, ctx: ctx, cancel: cancel, doomed: doomed}
	ok, err := w.acquire(id)
	if err != nil || !ok {
		return err
	}
	w.live, w.stopLive = context.WithCancel(ctx)
	var helpers sync.WaitGroup
	helpers.Go(w.renew)
	helpers.Go(w.watchStop)
	err = w.load(id)
	if err == nil {
		err = shielded(w.phases)
	}
	cancel(nil)
	helpers.Wait()
	w.release()
	return err
}

// acquire takes the lease if nobody holds it, it ran out, or an earlier run of this node held it.
func (w *worker) acquire(id string) (bool, error) {
	var old lease
	version, err := w.get(w.ctx, kindLease, id, &old)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return false, err
	}
	now := w.Clock()
	mine := old.Node == w.Node // of a run before, or of a worker of this run that has ended: see driving
	if version > 0 && now.Before(old.Until) && !mine {
		return false, nil
	}
	w.lease = lease{Turn: id, Node: w.Node, Until: now.Add(LeaseFor), Epoch: old.Epoch + 1}
	w.leaseV = version
	w.t = &turn{ID: id}
	err = w.write(&batch{})
	if errors.Is(err, errLost) {
		return false, nil
	}
	return err == nil, err
}

// renew keeps the lease while the worker works.
func (w *worker) renew() {
	tick := time.NewTicker(LeaseRenewal)
	defer tick.Stop()
	for {
		select {
		case <-w.ctx.Done():
			return
		case <-tick.C:
			if w.save(func(*batch) {}) != nil {
				return
			}
		}
	}
}

// release gives the lease back, so that whoever comes next need not wait for it to run out. The row stays for its epoch.
func (w *worker) release() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lost {
		return
	}
	w.lease.Until = time.Time{}
	b := &batch{}
	w.addLease(b)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(w.ctx), CommitFor)
	defer cancel()
	if err := w.Store.Commit(ctx, b.Write); err != nil {
		w.Log.Warn("a lease could not be given back", "turn", w.t.ID, "error", err)
	}
}

func (w *worker) addLease(b *batch) { b.put(kindLease, w.t.ID, "", "", w.lease, &w.leaseV) }

// save changes the worker's memory and the store together: edit changes records and puts them into the batch.
// After an error the memory is worthless and the worker ends with errLost.
func (w *worker) save(edit func(*batch)) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lost {
		return errLost
	}
	b := &batch{}
	edit(b)
	if w.broken != nil {
		return w.check(w.broken)
	}
	return w.write(b)
}

// write commits b under the lease; the caller holds mu (or is alone).
func (w *worker) write(b *batch) error {
	w.lease.Until = w.Clock().Add(LeaseFor)
	w.addLease(b)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(w.ctx), CommitFor)
	defer cancel()
	err := w.commit(b, func(wr store.Write) error { return w.Store.Commit(ctx, wr) })
	return w.check(err)
}

// post is save for a change that comes with a movement of money. A posting that the ledger declines for what it asks
// (funds, expired, a hold in another state) is returned as the fault; memory is as before, because edit must only work on what restore undoes.
func (w *worker) post(p ledger.Posting, edit func(*batch), restore func()) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lost {
		return errLost
	}
	b := &batch{}
	edit(b)
	if w.broken != nil {
		return w.check(w.broken)
	}
	w.lease.Until = w.Clock().Add(LeaseFor)
	w.addLease(b)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(w.ctx), CommitFor)
	defer cancel()
	err := w.commit(b, func(wr store.Write) error { p.With = wr; return w.Ledger.Post(ctx, p) })
	switch fault.CodeOf(err) {
	case fault.Funds, fault.Expired:
		restore()
		return err
	}
	return w.check(err)
}

// check ends the worker after a write that failed.
func (w *worker) check(err error) error {
	if err == nil {
		return nil
	}
	w.lost = true
	w.cancel(errLost)
	if !fault.Is(err, fault.Conflict) {
		w.Log.Error("a turn's state could not be stored", "turn", w.t.ID, "error", err)
	}
	return errors.Join(errLost, err)
}

// load reads the turn with its journal and orders.
func (w *worker) load(id string) (err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := &turn{}
	if t.version, err = w.get(w.ctx, kindTurn, id, t); err != nil {
		return err
	}
	if t.Answers == nil {
		t.Answers = map[string]string{}
	}
	if t.Parts == nil {
		t.Parts = map[string]*part{}
	}
	w.t, w.steps, w.orders = t, map[string]*step{}, map[string]*orderRecord{}
	if err := w.loadSteps(id); err != nil {
		return err
	}
	recs, err := w.Store.List(w.ctx, store.Query{Kind: kindOrder, Group: id})
	if err != nil {
		return err
	}
	for _, r := range recs {
		o := &orderRecord{version: r.Version}
		if err := decode(r, o); err != nil {
			return err
		}
		w.orders[o.ID] = o
	}
	return nil
}

func (w *worker) loadSteps(id string) error {
	recs, err := w.Store.List(w.ctx, store.Query{Kind: kindStep, Group: id})
	if err != nil {
		return err
	}
	for _, r := range recs {
		s := &step{version: r.Version}
		if err := decode(r, &s.Entry); err != nil {
			return err
		}
		w.steps[s.Step] = s
	}
	return nil
}

// entries is the journal as package run reads it. The caller holds mu.
func (w *worker) entries() map[string]*run.Entry {
	out := make(map[string]*run.Entry, len(w.steps))
	for id, s := range w.steps {
		out[id] = &s.Entry
	}
	return out
}

// phases runs the turn's phases until it waits or ends.
func (w *worker) phases() error {
	run := map[phase]func() error{
		phaseThink: w.think, phaseGather: w.gather, phaseConfirm: w.confirm, phaseHold: w.hold,
		phasePlace: w.place, phaseUndo: w.undo, phaseTask: w.task,
	}
	for w.ctx.Err() == nil {
		if w.t.Phase == phaseEnded || w.t.Pause != "" {
			return nil
		}
		stopped, err := w.obeyStop()
		if err != nil {
			return err
		}
		if stopped {
			continue
		}
		f, ok := run[w.t.Phase]
		if !ok {
			return fault.New(fault.Internal, "turn %s is in the unknown phase %q", w.t.ID, w.t.Phase)
		}
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

// obeyStop turns to undoing when the person asked to stop. It also learns the version of the signal, under which
// money is reserved and waiting begins: a wish that comes in between makes that write fail.
func (w *worker) obeyStop() (bool, error) {
	var s signal
	version, err := w.get(w.ctx, kindSignal, w.t.ID, &s)
	if err != nil {
		return false, err
	}
	w.mu.Lock()
	w.signalV = version
	w.mu.Unlock()
	switch {
	case w.t.Phase == phaseUndo || w.t.Phase == phaseTask:
		return false, nil
	case s.Stop:
		return true, w.stop(string(fault.Cancelled))
	case w.doomed:
		return true, w.stop(string(fault.Internal))
	}
	return false, nil
}

// watchStop breaks calls off that only look something up when the person stops the turn.
func (w *worker) watchStop() {
	defer w.stopLive()
	woken := w.Store.Watch(w.ctx, wakes(w.lease.Turn))
	for {
		var s signal
		if _, err := w.get(w.ctx, kindSignal, w.lease.Turn, &s); err == nil && s.Stop {
			return
		}
		select {
		case <-w.ctx.Done():
			return
		case _, ok := <-woken:
			if !ok {
				<-w.ctx.Done()
				return
			}
		}
	}
}

// calls is the context of calls that may be broken off. While a turn is undone nothing is.
func (w *worker) calls() context.Context {
	if w.t.Phase == phaseUndo || w.t.Phase == phaseTask {
		return w.ctx
	}
	return w.live
}

// interrupted tells that no further step should start: the person stopped the turn, the desk closes, or the turn is lost.
func (w *worker) interrupted() bool { return w.calls().Err() != nil }

// stop makes undoing the turn's next phase.
func (w *worker) stop(code string) error {
	return w.save(func(b *batch) {
		w.t.Stop, w.t.Phase = code, phaseUndo
		b.turn(w.t)
	})
}

// guard puts the signal into the batch under the version that was seen.
func (w *worker) guard(b *batch) { b.put(kindSignal, w.t.ID, "", "", signal{}, &w.signalV) }

// end closes the turn. Its outcome is told once, in the commit that ends it.
func (w *worker) end(outcome assist.Outcome, code, reply string) error {
	return w.endWith(outcome, code, reply, func(*batch) {})
}

// endWith is end with more in the same commit.
func (w *worker) endWith(outcome assist.Outcome, code, reply string, also func(*batch)) error {
	return w.save(func(b *batch) {
		also(b)
		w.t.Phase, w.t.Outcome, w.t.Code = phaseEnded, outcome, code
		b.turn(w.t)
		b.Events = append(b.Events, wake(w.t.ID))
		if reply != "" {
			b.tell(w.t.Conversation, assist.EventReply, assist.Reply{Turn: w.t.ID, Text: reply})
		}
		b.tell(w.t.Conversation, assist.EventDone, assist.Done{Turn: w.t.ID, Outcome: outcome, Code: code})
	})
}
