package desk

import (
	"time"

	"github.com/bangwo/bangwo/internal/fault"
)

// zone is where the person's clock runs; nil where they did not say.
func (u Utterance) zone() (*time.Location, error) {
	if u.Zone == "" {
		return nil, nil
	}
	if at, err := time.Parse("-07:00", u.Zone); err == nil {
		return at.Location(), nil
	}
	loc, err := time.LoadLocation(u.Zone)
	if err != nil || u.Zone == "Local" {
		return nil, fault.New(fault.Invalid, "no time zone %q", u.Zone).With("field", "zone").
			WithHint("give a name such as Asia/Shanghai, or an offset such as +08:00")
	}
	return loc, nil
}

// Clock is the moment at which something was said, on the clock of who said it; at is when it was heard.
func (u Utterance) Clock(at time.Time) time.Time {
	if !u.Now.IsZero() {
		at = u.Now
	}
	if loc, err := u.zone(); err == nil && loc != nil {
		return at.In(loc)
	}
	return at
}

// local writes a moment on the person's clock.
func (w *worker) local(at time.Time, layout string) string {
	return at.In(w.t.Said.Clock(w.t.At).Location()).Format(layout)
}
