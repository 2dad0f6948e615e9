package openai_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/assist/model"
	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/openai"
)

// How long the real model is waited for; it is slow, and nothing is asserted of its speed.
const (
	realLoads   = 2 * time.Minute
	realAnswers = 5 * time.Minute
)

// realModel starts the small model that `make model` brings, or skips with the reason.
func realModel(t *testing.T) string {
	t.Helper()
	if url := os.Getenv("BANGWO_TEST_MODEL_URL"); url != "" {
		return url
	}
	dir, err := filepath.Abs("../../.cache/model")
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(dir, "u-llm-server-2.9.1", "binaries", "llama-b9844")
	gguf := filepath.Join(dir, "tinyllama.gguf")
	for _, file := range []string{filepath.Join(bin, "llama-server"), gguf} {
		if _, err := os.Stat(file); err != nil {
			t.Skip("there is no small model here: `make model` brings it, or BANGWO_TEST_MODEL_URL names a running endpoint")
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	_ = l.Close()
	cmd := exec.CommandContext(t.Context(), filepath.Join(bin, "llama-server"), "-m", gguf, "--host", "127.0.0.1", "--port", port,
		"-c", "2048", "-t", strconv.Itoa(2), "-np", "1", "--no-jinja", "--chat-template", "zephyr")
	cmd.Env = append(os.Environ(), "LD_LIBRARY_PATH="+bin)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	base := "http://127.0.0.1:" + port
	waitHealthy(t, base)
	return base + "/v1"
}

func waitHealthy(t *testing.T, base string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), realLoads)
	defer cancel()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, base+"/health", nil)
		if resp, err := http.DefaultClient.Do(req); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Skip("the small model did not load in time")
		}
	}
}

// TestRealModel talks to a real endpoint with a real model: what it says is in the schema, whatever it says.
func TestRealModel(t *testing.T) {
	url := realModel(t)
	c, err := openai.New(openai.Options{URL: url, Model: "tinyllama", Timeout: realAnswers})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	schema := json.RawMessage(`{"type":"object","properties":{"service":{"type":"string","enum":["s1","s2","none"]}},"required":["service"],"additionalProperties":false}`)
	a, err := c.Complete(t.Context(), model.Prompt{Purpose: "goals", System: "s1 sells coffee. s2 drives people. Tell the service.", User: "a latte", Schema: schema, MaxTokens: 40})
	if fault.Is(err, fault.Timeout) {
		t.Skip("the small model gave no answer in five minutes: the machine is busy")
	}
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Service string }
	if err := json.Unmarshal([]byte(a.Text), &got); err != nil || (got.Service != "s1" && got.Service != "s2" && got.Service != "none") {
		t.Errorf("%q, %v", a.Text, err)
	}
	if a.PromptTok <= 0 || a.AnswerTok <= 0 || a.Estimated {
		t.Errorf("tokens were not counted: %+v", a)
	}
	t.Logf("by %s: %s; %d + %d tokens, first words after %s, %s in all", a.Format, a.Text, a.PromptTok, a.AnswerTok, a.First.Round(time.Millisecond), a.Elapsed.Round(time.Millisecond))
}
