package desk

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/bangwo/bangwo/internal/assist"
	"github.com/bangwo/bangwo/internal/assist/plan"
	"github.com/bangwo/bangwo/internal/assist/run"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
)

// doors answers what merchant code asks for during one step. It refuses by default. A step without lasting effect is
// parked while the person is asked and runs again with the answer; during a step with an effect the call waits.
type doors struct {
	w *worker
	s plan.Step

	mu     sync.Mutex
	opened int
	ask    *pause
	timer  *time.Timer
}

func (w *worker) doorsFor(s plan.Step) *doors { return &doors{w: w, s: s} }

// pending is the question to be asked before the step can run again, or nil.
func (d *doors) pending() *pause {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ask
}

// clock ends the call after StepFor; while a door is open the time starts anew.
func (d *doors) clock(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(StepFor, func() { cancel(context.DeadlineExceeded) })
	d.mu.Lock()
	d.timer = timer
	d.mu.Unlock()
	return ctx, func() { timer.Stop(); cancel(context.Canceled) }
}

// Open implements track.Doors.
func (d *doors) Open(ctx context.Context, r track.DoorRequest) track.DoorAnswer {
	d.mu.Lock()
	d.opened++
	tooMany, timer := d.opened > MaxDoors, d.timer
	d.mu.Unlock()
	if tooMany {
		return refuse("too many requests in one call")
	}
	if timer != nil && timer.Stop() {
		defer timer.Reset(StepFor)
	}
	switch r.Kind {
	case track.DoorPayment:
		return d.w.payDoor(ctx, d.s, r.Request)
	case track.DoorLogin:
		code, err := d.w.opaqueID(ctx, d.s.Service)
		if err != nil {
			return refuse("not possible now")
		}
		return track.DoorAnswer{Granted: true, Value: map[string]any{"code": code}}
	case track.DoorElicit:
		return d.form(ctx, r)
	case track.DoorAddress, track.DoorPhone, track.DoorLocation, track.DoorProfile:
		return d.consent(ctx, r)
	}
	return refuse("the platform does not open this")
}

func refuse(why string) track.DoorAnswer { return track.DoorAnswer{Reason: why} }

// opaqueID is the person's stable id towards one service: no two services can tell that it is the same person.
func (d *Desk) opaque(ctx context.Context, service, person string) (string, error) {
	key, err := d.secret(ctx)
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%d:%s%s", len(service), service, person)
	return hex.EncodeToString(mac.Sum(nil))[:32], nil
}

func (w *worker) opaqueID(ctx context.Context, service string) (string, error) {
	return w.opaque(ctx, service, w.t.Person)
}

// secret is the key of opaque ids, made once per database.
func (d *Desk) secret(ctx context.Context) ([]byte, error) {
	var key []byte
	_, err := d.get(ctx, kindSecret, "login", &key)
	if !fault.Is(err, fault.NotFound) {
		return key, err
	}
	key = make([]byte, 32)
	rand.Read(key)
	b := &batch{}
	b.put(kindSecret, "login", "", "", key, new(int64))
	if err := d.Store.Commit(ctx, b.Write); err != nil && !fault.Is(err, fault.Conflict) {
		return nil, err
	}
	_, err = d.get(ctx, kindSecret, "login", &key) // another node's, if it was first
	return key, err
}

var consentValues = map[track.DoorKind]string{
	track.DoorAddress: "address", track.DoorPhone: "phone", track.DoorLocation: "location", track.DoorProfile: "name",
}

// consent gives a value of the person's profile to the service, if the person allows it.
func (d *doors) consent(ctx context.Context, r track.DoorRequest) track.DoorAnswer {
	name := consentValues[r.Kind]
	profile, err := d.w.Profiles.Profile(ctx, d.w.t.Person)
	if err != nil {
		return refuse("not possible now")
	}
	value, ok := valueFor(r.Kind, profile)
	if !ok {
		return refuse("the person has given none")
	}
	switch d.w.allowed(profile, d.s.Service, name) {
	case yes:
		return track.DoorAnswer{Granted: true, Value: value}
	case no:
		return refuse("the person refused")
	}
	p := d.w.newPause(d.s.Goal, assist.AskConsent, d.w.say("consent", d.w.serviceName(d.s.Service), d.w.say("value_"+name)), AskFor)
	p.Step, p.Consent = d.s.ID, &assist.Consent{Service: d.s.Service, Value: name, Always: true}
	for _, c := range []string{"yes", "always", "no"} {
		p.Choices = append(p.Choices, assist.Choice{Value: c, Label: d.w.say("consent_" + c)})
	}
	a, ok := d.put(ctx, p)
	if !ok || a.Value == "no" || a.Value == "" {
		return refuse("the person has not allowed it")
	}
	return track.DoorAnswer{Granted: true, Value: value}
}

type leave int

const (
	notAsked leave = iota
	yes
	no
)

func (w *worker) allowed(p assist.Profile, service, value string) leave {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.t.Consents {
		if c.Service == service && c.Value == value {
			if c.Always {
				return yes
			}
			return no
		}
	}
	for _, c := range p.Consents {
		if c.Service == service && c.Value == value && c.Always {
			return yes
		}
	}
	return notAsked
}

func valueFor(kind track.DoorKind, p assist.Profile) (map[string]any, bool) {
	home := func(fits func(assist.Address) bool) (assist.Address, bool) {
		var first *assist.Address
		for i, a := range p.Addresses {
			if fits(a) && (first == nil || a.Label == "home" && first.Label != "home") {
				first = &p.Addresses[i]
			}
		}
		if first == nil {
			return assist.Address{}, false
		}
		return *first, true
	}
	switch kind {
	case track.DoorPhone:
		return map[string]any{"phone": p.Phone}, p.Phone != ""
	case track.DoorProfile:
		return map[string]any{"name": p.Name}, p.Name != ""
	case track.DoorAddress:
		a, ok := home(func(a assist.Address) bool { return a.Detail != "" })
		return map[string]any{"name": either(a.Name, p.Name), "phone": either(a.Phone, p.Phone), "detail": a.Detail}, ok
	case track.DoorLocation:
		a, ok := home(func(a assist.Address) bool { return a.Latitude != 0 || a.Longitude != 0 })
		return map[string]any{"latitude": a.Latitude, "longitude": a.Longitude}, ok
	}
	return nil, false
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// form shows a merchant's own form to the person. Its words are the merchant's and are shown as such.
func (d *doors) form(ctx context.Context, r track.DoorRequest) track.DoorAnswer {
	raw, err := json.Marshal(r.Request)
	if err != nil || len(raw) > MaxForm {
		return refuse("the form cannot be shown")
	}
	key := digest(d.s.ID, string(raw))
	d.w.mu.Lock()
	known, ok := d.w.t.Forms[key]
	d.w.mu.Unlock()
	if !ok {
		message, _ := r.Request["message"].(string)
		p := d.w.newPause(d.s.Goal, assist.AskForm, clip(d.w.say("form", d.w.serviceName(d.s.Service), message), MaxNote*2), AskFor)
		p.Step, p.Door = d.s.ID, key
		p.Schema, _ = json.Marshal(r.Request["schema"])
		a, answered := d.put(ctx, p)
		if !answered {
			return refuse("the person has not answered")
		}
		known = jsonForm{Granted: len(a.Form) > 0, Form: a.Form}
	}
	var content map[string]any
	if !known.Granted || json.Unmarshal(known.Form, &content) != nil {
		return refuse("the person declined")
	}
	return track.DoorAnswer{Granted: true, Value: content}
}

// put asks the person: by parking the step when it may simply run again, else by waiting here.
func (d *doors) put(ctx context.Context, p *pause) (assist.Answer, bool) {
	if run.Harmless(d.s.Effect) {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.ask == nil {
			d.ask = p
		}
		return assist.Answer{}, false
	}
	p.Live, p.Expires = true, d.w.Clock().UTC().Add(DoorFor)
	err := d.w.save(func(b *batch) {
		b.pause(p)
		b.tell(p.Conversation, assist.EventQuestion, p.Question)
	})
	if err != nil {
		return assist.Answer{}, false
	}
	return d.w.await(ctx, p)
}

// await waits until a live pause is closed, by whichever node.
func (d *Desk) await(ctx context.Context, p *pause) (assist.Answer, bool) {
	ctx, cancel := context.WithTimeout(ctx, DoorFor+SweepEvery)
	defer cancel()
	var woken <-chan struct{} = d.Store.Watch(ctx, wakes(p.Turn))
	for {
		now := &pause{}
		_, err := d.get(ctx, kindPause, p.ID(), now)
		if err == nil && now.State != pauseOpen {
			return now.Answer, now.State == pauseAnswered
		}
		select {
		case <-ctx.Done():
			return assist.Answer{}, false
		case <-d.ctx.Done():
			return assist.Answer{}, false
		case _, ok := <-woken:
			if !ok {
				woken = nil
			}
		}
	}
}
