package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/bangwo/bangwo/internal/track/mcp/mcptest"
)

// patience is how long a test waits for what should be on the screen at once; it only ends tests that would hang.
const patience = 60 * time.Second

// screen is bangwo at a terminal, with somebody who reads and types.
type screen struct {
	t    *testing.T
	tty  *os.File
	cmd  *exec.Cmd
	text chan []byte
	seen bytes.Buffer // everything
	read int          // of seen: what the person has read
}

// atTerminal starts bangwo at a terminal of its own.
func atTerminal(t *testing.T, args ...string) *screen {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, cmd: exec.CommandContext(t.Context(), self, args...), text: make(chan []byte, 1024)}
	s.cmd.Env = append(os.Environ(), asProgram+"=1", "LANG=en_US.UTF-8", "LC_ALL=", "PATH=/nonexistent") // no browser to be opened
	if s.tty, err = pty.StartWithSize(s.cmd, &pty.Winsize{Rows: 50, Cols: 200}); err != nil {
		t.Skip("no terminal can be had here: ", err)
	}
	t.Cleanup(func() { _ = s.tty.Close() })
	go func() {
		defer close(s.text)
		for {
			b := make([]byte, 4096)
			n, err := s.tty.Read(b)
			if n > 0 {
				s.text <- b[:n]
			}
			if err != nil {
				return // the program ended and with it the terminal
			}
		}
	}()
	return s
}

// until reads on until a pattern is on the screen and returns what it matched.
func (s *screen) until(pattern string) string {
	s.t.Helper()
	re := regexp.MustCompile(pattern)
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		if at := re.FindIndex(s.seen.Bytes()[s.read:]); at != nil {
			match := string(s.seen.Bytes()[s.read+at[0] : s.read+at[1]])
			s.read += at[1]
			return match
		}
		select {
		case b, ok := <-s.text:
			if !ok {
				s.t.Fatalf("the program ended before %q was shown; it showed:\n%s", pattern, s.seen.String())
			}
			s.seen.Write(b)
		case <-limit.C:
			s.t.Fatalf("%q is not shown; it showed:\n%s", pattern, s.seen.String())
		}
	}
}

// types types a line.
func (s *screen) types(line string) {
	s.t.Helper()
	if _, err := s.tty.WriteString(line + "\r"); err != nil {
		s.t.Fatal(err)
	}
}

// ends waits for the end and returns the exit code and everything that was shown.
func (s *screen) ends() (int, string) {
	s.t.Helper()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for open := true; open; {
		select {
		case b, ok := <-s.text:
			open = ok
			s.seen.Write(b)
		case <-limit.C:
			s.t.Fatalf("it does not end; it showed:\n%s", s.seen.String())
		}
	}
	err := s.cmd.Wait()
	var exited *exec.ExitError
	if err != nil && !errors.As(err, &exited) {
		s.t.Fatal(err)
	}
	return s.cmd.ProcessState.ExitCode(), s.seen.String()
}

// demoFolder is a data folder with the demo merchants; it answers the arguments of ask on it at noon.
func demoFolder(t *testing.T) []string {
	t.Helper()
	return []string{"ask", "--demo", "--data", filepath.Join(t.TempDir(), "data"), "--now", "2026-11-24T12:00:00+08:00", "--at", "中关村"}
}

func TestThePersonConfirmsAtTheTerminal(t *testing.T) {
	t.Parallel()
	s := atTerminal(t, append(demoFolder(t), "三杯低糖拿铁")...)
	s.until(`合计 ¥57\.00`)
	s.until(`确认付款？`)
	s.types("什么")
	s.until(`请回答“是”或“否”`)
	s.types("是")
	code, shown := s.ends()
	if code != exitDone || !strings.Contains(shown, "已付款") {
		t.Errorf("exit code %d; it showed:\n%s", code, shown)
	}
	if strings.Contains(shown, "Confirm and pay") || strings.Contains(shown, "Total") {
		t.Errorf("a Chinese sentence was answered in English:\n%s", shown)
	}
}

func TestTheTerminalSpeaksTheSentencesLanguage(t *testing.T) {
	t.Parallel()
	folder := demoFolder(t)
	s := atTerminal(t, append(folder, "three low-sugar lattes")...)
	s.until(`Total ¥57\.00`)
	s.until(`Confirm and pay\? yes / no >`)
	s.types("no")
	if code, shown := s.ends(); code == exitDone || strings.Contains(shown, "Paid") || strings.Contains(shown, "合计") {
		t.Errorf("a no ended with exit code %d:\n%s", code, shown)
	}
	s = atTerminal(t, append(folder, "--lang", "en", "三杯低糖拿铁")...)
	s.until(`Confirm and pay\?`)
	s.types("\x04") // the terminal is closed: the card stays open
	if code, shown := s.ends(); code != exitOpen || !strings.Contains(shown, "waiting for your confirmation") {
		t.Errorf("a closed terminal ended with exit code %d:\n%s", code, shown)
	}
}

func TestQuestionsAreAnsweredAtTheTerminal(t *testing.T) {
	t.Parallel()
	s := atTerminal(t, append(demoFolder(t), "Get me a car")...)
	s.until(`\? .*\?`)
	s.until(`1\) `)
	s.until(` > `)
	s.types("")
	s.until(`1\) `) // an empty line is no answer
	s.until(` > `)
	s.types("2")
	s.until(`Confirm and pay\?`)
	s.types("yes")
	if code, shown := s.ends(); code != exitDone || !strings.Contains(shown, "Paid") {
		t.Errorf("exit code %d:\n%s", code, shown)
	}
}

func TestCtrlCStopsTheErrandWhileItAsks(t *testing.T) {
	t.Parallel()
	folder := demoFolder(t)
	s := atTerminal(t, append(folder, "three low-sugar lattes")...)
	s.until(`Confirm and pay\?`)
	s.types("\x03")
	s.until(`stopping`)
	code, shown := s.ends()
	if code == exitDone || code == exitOpen || strings.Contains(shown, "Paid") {
		t.Errorf("a stopped errand ended with exit code %d:\n%s", code, shown)
	}
	var out bytes.Buffer
	out.Write(bangwo(t, "person", "list", "--data", folder[3]))
	if !strings.Contains(out.String(), "¥2000.00") {
		t.Errorf("money is gone or reserved after Ctrl-C:\n%s", out.String())
	}
}

// TestASignInThroughTheTerminal adds a server that wants a sign-in: the address is printed, a browser follows it, and what it
// brings is kept sealed.
func TestASignInThroughTheTerminal(t *testing.T) {
	t.Parallel()
	guild := mcptest.New(t, weather())
	data := filepath.Join(t.TempDir(), "data")
	s := atTerminal(t, "service", "add", "--data", data, "--name", "Weather", guild.Base+"/mcp")
	s.until("Sign in here")
	link := strings.TrimSpace(s.until(`http://\S+/authorize\?\S+`))
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, link, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req) // as a browser does: to the authorization server, and back to the callback
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("the callback answered %s", res.Status)
	}
	if code, shown := s.ends(); code != exitDone || !strings.Contains(shown, "weather") {
		t.Fatalf("exit code %d:\n%s", code, shown)
	}
	if out := string(bangwo(t, "service", "call", "--data", data, "weather", "get_weather", `{}`)); !strings.Contains(out, "sunny") {
		t.Errorf("the call answered %s", out)
	}
	info, err := os.Stat(filepath.Join(data, "secret.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v, %v", info, err)
	}
	for _, name := range []string{"bangwo.db", "bangwo.db-wal"} {
		raw, err := os.ReadFile(filepath.Join(data, name))
		if err == nil && (bytes.Contains(raw, []byte("access-1")) || bytes.Contains(raw, []byte("refresh-1"))) {
			t.Errorf("a token lies open in %s", name)
		}
	}
	if out := string(bangwo(t, "service", "remove", "--data", data, "weather")); !strings.Contains(out, "removed") {
		t.Errorf("remove: %s", out)
	}
	wants := exec.CommandContext(t.Context(), s.cmd.Path, "service", "add", "--data", data, guild.Base+"/mcp")
	wants.Env = append(os.Environ(), asProgram+"=1")
	told, err := wants.CombinedOutput() // without a terminal, and signed out by the removal
	var exited *exec.ExitError
	if !errors.As(err, &exited) || exited.ExitCode() != exitFailed || !strings.Contains(string(told), "bangwo service sign-in") {
		t.Errorf("without a terminal: %v, %s", err, told)
	}
}

// weather is a server with one tool.
func weather() http.Handler {
	server := sdk.NewServer(&sdk.Implementation{Name: "weather", Version: "1"}, nil)
	server.AddTool(&sdk.Tool{Name: "get_weather", Description: "Tells the weather", InputSchema: map[string]any{"type": "object"},
		Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true}},
		func(context.Context, *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
			return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: "sunny"}}}, nil
		})
	return sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server }, nil)
}

// TestCtrlCEndsASignIn stops while nobody comes back.
func TestCtrlCEndsASignIn(t *testing.T) {
	t.Parallel()
	hung := mcptest.New(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	s := atTerminal(t, "service", "sign-in", "--data", filepath.Join(t.TempDir(), "data"), hung.Base+"/mcp")
	s.until("Sign in here")
	s.types("\x03")
	code, shown := s.ends()
	if code == exitDone || s.cmd.ProcessState.Sys().(syscall.WaitStatus).Signaled() {
		t.Errorf("one Ctrl-C ended a sign-in with %d:\n%s", code, shown)
	}
}

func TestConsentIsAskedAtTheTerminal(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]struct {
		code     int
		paid     bool
		remember bool
	}{
		"可以":   {exitDone, true, false},
		"一直可以": {exitDone, true, true},
		"不可以":  {exitFailed, false, false},
	} {
		folder := demoFolder(t)
		bangwo(t, "service", "add", "--data", folder[3], "testdata/umbrella")
		s := atTerminal(t, append(folder, "租一把雨伞")...)
		s.until(`确认付款？`)
		s.types("是")
		s.until(`地址`)
		s.until(`可以 / 一直可以 / 不可以 >`)
		s.types(said)
		code, shown := s.ends()
		if code != want.code || strings.Contains(shown, "已付款") != want.paid {
			t.Errorf("%s ended with exit code %d:\n%s", said, code, shown)
		}
		if !want.remember {
			continue
		}
		s = atTerminal(t, append(folder, "租一把雨伞")...)
		s.until(`确认付款？`)
		s.types("是")
		if code, shown := s.ends(); code != exitDone || strings.Contains(shown[strings.LastIndex(shown, "确认付款"):], "不可以") {
			t.Errorf("asked again after 一直可以, exit code %d:\n%s", code, shown)
		}
	}
}

func TestAChangedPriceIsShownAtTheTerminal(t *testing.T) {
	t.Parallel()
	for said, paid := range map[string]bool{"yes": true, "no": false} {
		folder := demoFolder(t)
		bangwo(t, "service", "add", "--data", folder[3], "--storage", "raise=2", "testdata/umbrella")
		s := atTerminal(t, append(folder, "--lang", "en", "租一把雨伞")...)
		s.until(`Total ¥6\.00`)
		s.until(`Confirm and pay\?`)
		s.types("yes")
		s.until(`yes / always / no >`)
		s.types("yes")
		s.until(`Something changed`)
		s.until(`Total ¥8\.00`)
		s.until(`¥6\.00 → ¥8\.00`)
		s.until(`Confirm and pay\?`)
		s.types(said)
		if code, shown := s.ends(); (code == exitDone) != paid || strings.Contains(shown, "Paid") != paid {
			t.Errorf("%s to the new price ended with exit code %d:\n%s", said, code, shown)
		}
	}
}
