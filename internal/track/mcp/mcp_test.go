package mcp_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"golang.org/x/sys/unix"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/track"
	"github.com/bangwo/bangwo/internal/track/mcp"
)

func open(t *testing.T, src catalog.Source) track.Connection {
	t.Helper()
	c, err := mcp.New(mcp.Options{}).Open(t.Context(), src)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// each runs a test over both ways to reach the shop.
func each(t *testing.T, f func(t *testing.T, c track.Connection)) {
	t.Helper()
	t.Run("stdio", func(t *testing.T) {
		t.Parallel()
		f(t, open(t, program(t, "shop", nil)))
	})
	t.Run("http", func(t *testing.T) {
		t.Parallel()
		until, end := context.WithCancel(context.Background())
		server := shop(until)
		web := httptest.NewServer(sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server }, nil))
		t.Cleanup(func() { end(); web.CloseClientConnections(); web.Close() })
		f(t, open(t, catalog.Source{Track: catalog.TrackMCP, URL: web.URL}))
	})
}

func TestAServerIsDescribed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c track.Connection) {
		svc := c.Service()
		if svc.Name != "Test Shop" || svc.Description != "A shop." || len(svc.Capabilities) < 10 {
			t.Fatalf("described as %q, %q with %d tools", svc.Name, svc.Description, len(svc.Capabilities))
		}
		for name, want := range map[string]catalog.Effect{"get_number": catalog.Read, "place_lie": catalog.Irreversible} {
			if got, ok := svc.Capability("", name); !ok || got.Effect != want || got.Input == nil {
				t.Errorf("%s is %s (%s), want %s", name, got.Effect, got.EffectWhy, want)
			}
		}
	})
}

func TestResults(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c track.Connection) {
		got, err := c.Call(t.Context(), track.Call{Capability: "get_number"})
		if err != nil || !strings.Contains(string(got.Structured), `"n":7`) || strings.Contains(string(got.Structured), "secret") {
			t.Errorf("a structured result is %s, %v", got.Structured, err)
		}
		got, err = c.Call(t.Context(), track.Call{Capability: "get_refusal"})
		if err != nil || !got.IsError || !slices.Equal(got.Text, []string{"sold out"}) {
			t.Errorf("a refusal is %+v, %v", got, err)
		}
		got, err = c.Call(t.Context(), track.Call{Capability: "get_key", ID: "step-1"})
		if err != nil || !slices.Equal(got.Text, []string{"step-1"}) {
			t.Errorf("the idempotency key arrives as %v, %v", got.Text, err)
		}
		if _, err = c.Call(t.Context(), track.Call{Capability: "nonsense"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a tool that is not there: %v", err)
		}
	})
}

func TestLiesAndFloodsAreRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c track.Connection) {
		for name, want := range map[string]struct {
			code    fault.Code
			unknown bool
		}{
			"get_lie":   {fault.Merchant, false},
			"place_lie": {fault.Merchant, true}, // it may have ordered all the same
			"get_huge":  {fault.Limit, false},
		} {
			_, err := c.Call(t.Context(), track.Call{Capability: name})
			if !fault.Is(err, want.code) || unknown(err) != want.unknown {
				t.Errorf("%s: %v (unknown %v)", name, err, unknown(err))
			}
		}
		if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); err != nil {
			t.Errorf("the connection did not survive: %v", err)
		}
	})
}

func unknown(err error) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.Params["outcome"] == "unknown"
}

func TestHangingCallsEnd(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c track.Connection) {
		for name, maybe := range map[string]bool{"get_slowly": false, "place_slowly": true} {
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			_, err := c.Call(ctx, track.Call{Capability: name})
			cancel()
			if !fault.Is(err, fault.Timeout) || unknown(err) != maybe {
				t.Errorf("%s without an answer: %v (unknown %v)", name, err, unknown(err))
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		if _, err := c.Call(ctx, track.Call{Capability: "get_slowly"}); !fault.Is(err, fault.Cancelled) {
			t.Errorf("a stopped call: %v", err)
		}
		if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); err != nil {
			t.Errorf("the connection did not survive: %v", err)
		}
	})
}

func TestProgressArrives(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c track.Connection) {
		ctx, cancel := context.WithCancel(t.Context())
		got := make(chan string, 1)
		_, err := c.Call(ctx, track.Call{Capability: "get_progress", Progress: func(f float64, text string) {
			select {
			case got <- strconv.FormatFloat(f, 'f', 2, 64) + " " + text:
			default:
			}
			cancel()
		}})
		if !fault.Is(err, fault.Cancelled) {
			t.Fatal(err)
		}
		if note := <-got; note != "0.25 a quarter" {
			t.Errorf("progress is %q", note)
		}
	})
}

// person answers doors with a value, or refuses.
type person struct {
	value map[string]any
	seen  chan track.DoorRequest
}

func (p person) Open(_ context.Context, r track.DoorRequest) track.DoorAnswer {
	p.seen <- r
	return track.DoorAnswer{Granted: p.value != nil, Value: p.value}
}

func TestThePersonIsAsked(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c track.Connection) {
		for name, p := range map[string]struct {
			doors *person
			want  string
		}{
			"an answer":       {&person{value: map[string]any{"size": "large"}}, "accept large true"},
			"defaults stand":  {&person{value: map[string]any{}}, "accept small true"},
			"a refusal":       {&person{}, "decline <nil> <nil>"},
			"nobody is there": {nil, "decline <nil> <nil>"},
		} {
			call := track.Call{Capability: "ask_size"}
			if p.doors != nil {
				p.doors.seen = make(chan track.DoorRequest, 1)
				call.Doors = p.doors
			}
			got, err := c.Call(t.Context(), call)
			if err != nil || !slices.Equal(got.Text, []string{p.want}) {
				t.Errorf("%s: %v, %v, want %s", name, got.Text, err, p.want)
			}
			if p.doors == nil {
				continue
			}
			if r := <-p.doors.seen; r.Kind != track.DoorElicit || r.Request["message"] != "Which size?" || r.Request["schema"] == nil {
				t.Errorf("%s: the person saw %+v", name, r)
			}
		}
		if got, err := c.Call(t.Context(), track.Call{Capability: "ask_model"}); err != nil || !slices.Equal(got.Text, []string{"may not sample"}) {
			t.Errorf("sampling: %v, %v", got.Text, err)
		}
	})
}

func TestNewToolsAreSeen(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c track.Connection) {
		select {
		case <-c.Changed(): // the first description
		default:
		}
		if _, err := c.Call(t.Context(), track.Call{Capability: "add_tool"}); err != nil {
			t.Fatal(err)
		}
		<-c.Changed()
		if _, err := c.Call(t.Context(), track.Call{Capability: "get_new"}); err != nil {
			t.Errorf("the new tool: %v", err)
		}
	})
}

func TestAServerThatDies(t *testing.T) {
	t.Parallel()
	deaths := func(t *testing.T) (track.Connection, string) {
		file := filepath.Join(t.TempDir(), "deaths")
		return open(t, program(t, "shop", map[string]string{"DEATHS": file})), file
	}
	t.Run("a read is sent again", func(t *testing.T) {
		t.Parallel()
		c, _ := deaths(t)
		got, err := c.Call(t.Context(), track.Call{Capability: "get_death"})
		if err != nil || !slices.Equal(got.Text, []string{"alive"}) {
			t.Errorf("%v, %v", got.Text, err)
		}
	})
	t.Run("an order is not", func(t *testing.T) {
		t.Parallel()
		c, file := deaths(t)
		_, err := c.Call(t.Context(), track.Call{Capability: "place_death"})
		if !fault.Is(err, fault.Timeout) || !unknown(err) {
			t.Errorf("the outcome is told as %v", err)
		}
		if b, _ := os.ReadFile(file); len(b) != 1 {
			t.Errorf("the order was sent %d times", len(b))
		}
		if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); err != nil {
			t.Errorf("the next call does not start the server again: %v", err)
		}
	})
}

func TestServersThatCannotBeOpened(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		src  catalog.Source
		code fault.Code
		says string
	}{
		"nothing":     {catalog.Source{}, fault.Invalid, "program or an address"},
		"both":        {catalog.Source{Path: "x", URL: "http://localhost/"}, fault.Invalid, "program or an address"},
		"not http":    {catalog.Source{URL: "file:///etc/passwd"}, fault.Invalid, "http"},
		"no program":  {catalog.Source{Path: "/no/such/program"}, fault.Invalid, "cannot be started"},
		"dead":        {program(t, "dead", nil), fault.Merchant, "cannot find my configuration"},
		"circle":      {program(t, "circle", nil), fault.Merchant, "circle"},
		"unreachable": {catalog.Source{URL: "http://127.0.0.1:1/"}, fault.Merchant, "refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, err := mcp.New(mcp.Options{}).Open(t.Context(), c.src)
			if conn != nil || !fault.Is(err, c.code) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v (%s), want %s: %s", err, fault.CodeOf(err), c.code, c.says)
			}
		})
	}
	for _, kind := range []string{"mute", "noise"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
			defer cancel()
			if _, err := mcp.New(mcp.Options{}).Open(ctx, program(t, kind, nil)); !fault.Is(err, fault.Timeout) && !fault.Is(err, fault.Merchant) {
				t.Errorf("%v (%s)", err, fault.CodeOf(err))
			}
		})
	}
}

func TestAFloodOnTheWireIsCutOff(t *testing.T) {
	t.Parallel()
	c := open(t, program(t, "flood", nil))
	if _, err := c.Call(t.Context(), track.Call{Capability: "get_all"}); !fault.Is(err, fault.Limit) {
		t.Errorf("a flood over stdio: %v", err)
	}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for range 1024 {
			if _, err := w.Write([]byte(strings.Repeat(" ", 16<<10))); err != nil {
				return
			}
		}
	}))
	t.Cleanup(web.Close)
	if _, err := mcp.New(mcp.Options{}).Open(t.Context(), catalog.Source{URL: web.URL}); !fault.Is(err, fault.Limit) {
		t.Errorf("a flood over HTTP: %v", err)
	}
}

func TestAnOlderServerWorksAndLargeNumbersStayExact(t *testing.T) {
	t.Parallel()
	c := open(t, program(t, "plain", nil))
	got, err := c.Call(t.Context(), track.Call{Capability: "get_all"})
	if err != nil || string(got.Structured) != `{"n":12345678901234567890}` {
		t.Errorf("%s, %v", got.Structured, err)
	}
}

func TestAServerMayChatterOnItsOutput(t *testing.T) {
	t.Parallel()
	c := open(t, program(t, "chatty", nil))
	for range 3 {
		if got, err := c.Call(t.Context(), track.Call{Capability: "get_all"}); err != nil || string(got.Structured) != `{"n":12345678901234567890}` {
			t.Fatalf("%s, %v", got.Structured, err)
		}
	}
}

func TestChildrenOfAServerEndWithIt(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "pid")
	c, err := mcp.New(mcp.Options{}).Open(t.Context(), program(t, "family", map[string]string{"PID_FILE": file}))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(string(b))
	if err != nil {
		t.Fatal(err)
	}
	if !ends(pid) {
		t.Errorf("the server's child still runs (%s)", stateOf(pid))
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	if _, err := c.Call(t.Context(), track.Call{Capability: "get_number"}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a call after Close: %v", err)
	}
}

// ends waits for a killed process to be gone: the signal is sent, but dying takes the kernel a moment.
func ends(pid int) bool {
	fd, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		return errors.Is(err, unix.ESRCH)
	}
	defer unix.Close(fd)
	n, _ := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, int((20 * time.Second).Milliseconds()))
	return n == 1
}

// stateOf is a process's state letter, "" when it is gone.
func stateOf(pid int) string {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return ""
	}
	_, rest, _ := strings.Cut(string(b), ") ")
	return rest[:1]
}

func TestAServerGetsNoSecretsOfOurs(t *testing.T) {
	t.Setenv("BANGWO_TEST_SECRET", "hush")
	c := open(t, program(t, "shop", map[string]string{"OWN": "given"}))
	got, err := c.Call(t.Context(), track.Call{Capability: "get_env"})
	if err != nil {
		t.Fatal(err)
	}
	if env := strings.Join(got.Text, ""); strings.Contains(env, "hush") || !strings.Contains(env, "OWN=given") || !strings.Contains(env, "PATH=") {
		t.Errorf("the server's environment is %s", env)
	}
}
