package skill

import (
	"context"
	"encoding/json"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/sandbox"
	"github.com/bangwo/bangwo/internal/track"
)

// maxDoors bounds how often one call may ask the person or the platform.
const maxDoors = 20

// host answers what one call's code asks. The code may ask anything in any shape: all is checked here.
type host struct {
	fetch *fetcher
	doors track.Doors
	count counter
}

var _ sandbox.Host = (*host)(nil)

// Call answers request and door.
func (h *host) Call(ctx context.Context, name string, args json.RawMessage) (json.RawMessage, error) {
	switch name {
	case "request":
		if !h.count.request() {
			return json.Marshal(fetchResponse{Fail: "too many requests", Kind: "denied"})
		}
		var r fetchRequest
		if err := json.Unmarshal(args, &r); err != nil {
			return json.Marshal(fetchResponse{Fail: "parameter error", Kind: "missing"})
		}
		return json.Marshal(h.fetch.do(ctx, r))
	case "door":
		return h.door(ctx, args)
	}
	return nil, fault.New(fault.Unsupported, "not supported")
}

var doorKinds = map[track.DoorKind]bool{track.DoorPayment: true, track.DoorAddress: true, track.DoorPhone: true, track.DoorLogin: true,
	track.DoorLocation: true, track.DoorProfile: true, track.DoorOther: true}

func (h *host) door(ctx context.Context, args json.RawMessage) (json.RawMessage, error) {
	var r track.DoorRequest
	if err := json.Unmarshal(args, &r); err != nil || !doorKinds[r.Kind] || !h.count.door() || h.doors == nil {
		return json.Marshal(track.DoorAnswer{Reason: "refused"})
	}
	return json.Marshal(h.doors.Open(ctx, r))
}
