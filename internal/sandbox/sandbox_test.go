package sandbox_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/sandbox"
)

const workerEnv = "BANGWO_TEST_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(workerEnv) != "" {
		os.Exit(sandbox.WorkerMain(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

func newPool(t testing.TB) *sandbox.Pool {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p, err := sandbox.NewPool(sandbox.Options{Command: []string{exe}, Env: []string{workerEnv + "=1"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// script makes a job whose body is that of an async function of (args, box).
func script(scope, body string) sandbox.Job {
	main := "(function (box) { return async function (args) {" + body + "\n}; })"
	return sandbox.Job{Scope: scope, Bundle: &sandbox.Bundle{Hash: scope + body, Main: main}, Args: json.RawMessage(`{"n":2}`),
		Limits: sandbox.Limits{CPU: slower * 300 * time.Millisecond, Heap: 32 << 20}}
}

func TestRunReturnsWhatTheScriptReturns(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	for body, want := range map[string]string{
		`return {n: args.n + 1}`:                                   `{"n":3}`,
		`await new Promise(ok => setTimeout(ok, 60000)); return 1`: `1`,
		`let s=''; setTimeout(()=>s+='b',20); setTimeout(()=>s+='a',10); await new Promise(ok=>setTimeout(ok,30)); return s`:         `"ab"`,
		`let n=0; await new Promise(ok=>{const i=setInterval(()=>{if(++n===3){clearInterval(i);ok()}},1000)}); return n`:             `3`,
		`const t=Date.now(); await new Promise(ok=>setTimeout(ok,5000)); return Date.now()-t>=5000 && new Date()-t>=5000`:            `true`,
		`return new TextDecoder().decode(new TextEncoder().encode('拿铁😀'))`:                                                           `"拿铁😀"`,
		`const u=new URL('../b?x=1&y=%E6%8B%BF','https://h.example:8443/a/c/d'); return [u.host,u.pathname,u.searchParams.get('y')]`: `["h.example:8443","/a/b","拿"]`,
		`const c=structuredClone({d:new Date(5),m:new Map([[1,{a:1}]])}); return [c.d.getTime(), c.m.get(1).a]`:                      `[5,1]`,
		`return new Date(Date.UTC(2026,0,1,0,0,0)).toLocaleString('zh-CN')`:                                                          `"2026/1/1 08:00:00"`,
		`return {big: 10n, when: new Date(0), fn(){}, u: undefined, s: Symbol('x')}`:                                                 `{"big":10,"when":"1970-01-01T00:00:00.000Z"}`,
		`return [1,2,3].at(-1) + Object.groupBy([1],x=>'k').k[0]`:                                                                    `4`,
	} {
		out, err := pool.Run(context.Background(), script("s", body))
		if err != nil || out.Thrown != nil || string(out.Value) != want {
			t.Errorf("%s: got %s, thrown %+v, err %v; want %s", body, out.Value, out.Thrown, err, want)
		}
	}
}

func TestRunReportsWhatTheScriptThrows(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	for body, want := range map[string]string{
		`throw new Error('sold out')`:                           "sold out",
		`return Promise.reject('no')`:                           "no",
		`throw null`:                                            "null",
		`return {get x(){ throw new Error('in getter') }}`:      "in getter",
		`const a={}; a.a=a; return a`:                           "circular",
		`throw {get message(){ throw 1 }, toString(){throw 2}}`: "",
		`nothing.here`:                                          "not defined",
		`return {then(ok,no){ no(new Error('thenable')) }}`:     "thenable",
	} {
		out, err := pool.Run(context.Background(), script("s", body))
		if err != nil || out.Thrown == nil || !strings.Contains(out.Thrown.Message, want) {
			t.Errorf("%s: got value %s thrown %+v err %v, want thrown with %q", body, out.Value, out.Thrown, err, want)
		}
	}
}

func TestHostAnswersAndStorageIsKept(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	job := script("s", `
		const [a, b] = await Promise.all([box.host('twice', {n: 4}), box.host('twice', {n: 5})]);
		let failed = ''; try { await box.host('other') } catch (e) { failed = e.message }
		box.set('k', JSON.stringify({seen: JSON.parse(box.get('old'))}));
		box.remove('old');
		console.log('a line', {x: 1});
		return [a, b, failed, box.keys()]`)
	job.Storage = map[string]json.RawMessage{"old": json.RawMessage(`"v"`)}
	job.Host = sandbox.HostFunc(func(_ context.Context, name string, args json.RawMessage) (json.RawMessage, error) {
		if name != "twice" {
			return nil, fault.New(fault.Denied, "no such call")
		}
		var in struct{ N int }
		_ = json.Unmarshal(args, &in)
		return json.Marshal(in.N * 2)
	})
	out, err := pool.Run(context.Background(), job)
	if err != nil || out.Thrown != nil {
		t.Fatal(err, out.Thrown)
	}
	if string(out.Value) != `[8,10,"failed: no such call",["k"]]` {
		t.Errorf("value: %s", out.Value)
	}
	if !out.Changed || len(out.Storage) != 1 || string(out.Storage["k"]) != `{"seen":"v"}` {
		t.Errorf("storage: %s", out.Storage)
	}
	if len(out.Logs) != 1 || out.Logs[0] != `log: a line {"x":1}` {
		t.Errorf("logs: %q", out.Logs)
	}
}
