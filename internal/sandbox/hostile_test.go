package sandbox_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/bangwo/bangwo/internal/fault"
	"github.com/bangwo/bangwo/internal/sandbox"
)

// hostile scripts and how each must end: a fault's code, or "thrown", or "value".
var hostile = []struct{ name, body, want string }{
	{"endless loop", `for(;;){}`, "timeout"},
	{"endless loop after an await", `await 1; for(;;){}`, "timeout"},
	{"endless loop in a timer", `setTimeout(()=>{for(;;){}},1); await new Promise(()=>{})`, "timeout"},
	{"endless loop caught", `for(;;){ try { for(;;){} } catch(e) {} finally { for(;;){} } }`, "timeout"},
	{"heap of strings", `const a=[]; for(let i=0;;i++) a.push('x'+i+'y'.repeat(100))`, "limit or timeout or thrown"},
	{"heap of buffers", `const a=[]; for(;;) a.push(new ArrayBuffer(8<<20))`, "limit or timeout"},
	{"one huge string", `return 'x'.repeat(500<<20).length`, "limit or timeout"},
	{"deep JSON", `return JSON.parse('['.repeat(5e6)).length`, "thrown or timeout"},
	{"deep stringify", `let o={}; for(let i=0;i<2e5;i++) o={o}; return o`, "thrown or timeout"},
	{"long native built-in", `return [].includes.call({length:1e9},1)`, "timeout"},
	{"long indexOf", `return new Array(4294967295).indexOf(1)`, "timeout"},
	{"regex bomb", `return /(a+)+$/.test('a'.repeat(40)+'b')`, "timeout"},
	{"regex bomb with a backreference", `return /^(a+)+\1$/.test('a'.repeat(40)+'b')`, "timeout"},
	{"endless comparator", `return [3,2,1].sort(()=>{for(;;){}})`, "timeout"},
	{"self-feeding promises", `const f=()=>Promise.resolve().then(f); f(); await new Promise(()=>{})`, "timeout"},
	{"self-feeding promises after settling", `const f=()=>Promise.resolve().then(f); f(); return 1`, "timeout"},
	{"self-feeding timers", `const f=()=>setTimeout(f,0); f(); await new Promise(()=>{})`, "timeout or limit"},
	{"waiting for ever by timers", `setInterval(()=>{},1000); await new Promise(()=>{})`, "limit"},
	{"never settling", `await new Promise(()=>{})`, "limit"},
	{"recursion", `const f=()=>f()+1; return f()`, "thrown or timeout"},
	{"recursive getter", `const o={get a(){return this.a}}; return o`, "thrown or timeout"},
	{"giant result", `return 'x'.repeat(5<<20)`, "limit or timeout"},
	{"exponential result", `let a='x'.repeat(64); for(let i=0;i<40;i++) a=[a,a]; return a`, "limit or timeout"},
	{"cyclic result", `const a=[]; a.push(a); return a`, "thrown"},
	{"symbol result", `return Symbol('x')`, "value"},
	{"bigint result", `return 2n**70n`, "value"},
	{"sync throw while starting", `})(); throw new Error('x'); (async function(){`, "thrown"},
	{"rejected promise", `return Promise.reject(new Error('x'))`, "thrown"},
	{"throwing getter in result", `return {get a(){throw new Error('x')}}`, "thrown"},
	{"result with a toJSON that loops", `return {toJSON(){for(;;){}}}`, "timeout"},
	{"thenable that never calls back", `return {then(){}}`, "limit"},
	{"thenable that throws", `return {get then(){throw new Error('x')}}`, "thrown"},
	{"eval of a huge source", `return eval('1+'.repeat(3e6)+'1')`, "thrown or limit or timeout"},
	{"storage flood", `for(let i=0;;i++) box.set('k'+i, JSON.stringify('x'.repeat(500000)))`, "thrown or limit or timeout"},
	{"host flood", `for(let i=0;;i++) box.host('x',{}).catch(()=>{})`, "thrown or limit or timeout"},
	{"console flood", `for(let i=0;i<1e4;i++) console.log('x'.repeat(10000)); return 1`, "value or timeout"},
	{"tampered prototypes", `
		const bad=()=>{throw new Error('bad')};
		Object.prototype.toJSON=function(){return 'fooled'};
		Object.defineProperty(Object.prototype,'length',{get:bad,configurable:true});
		Promise.prototype.then=bad; Promise.prototype.constructor=bad; Promise.resolve=bad; globalThis.Promise=bad;
		JSON.stringify=bad; JSON.parse=bad; Array.prototype[Symbol.iterator]=bad; Map.prototype.get=bad; Map.prototype.set=bad;
		Function.prototype.call=bad; Function.prototype.apply=bad; Reflect.apply=bad; String.prototype.slice=bad;
		globalThis.setTimeout=bad; globalThis.eval=bad; Error.prototype.toString=bad;
		return {a:1}`, "value or thrown"},
	{"global object frozen and emptied", `for(const k of Object.getOwnPropertyNames(globalThis)) { try { delete globalThis[k] } catch(e) {} } Object.freeze(globalThis); return 1`, "value or thrown"},
	{"a second settling", `Promise.prototype.then=function(a){a(1);a(2);a({x:1});return this}; return 3`, "value or thrown or limit"},
	{"atomics wait", `return Atomics.wait(new Int32Array(new SharedArrayBuffer(8)),0,0,60000)`, "thrown or timeout or value"},
	{"endless spread", `return [...(function*(){for(;;) yield 1})()].length`, "timeout or limit or thrown"},
	{"joining holes", `return new Array(3e8).join('x').length`, "timeout or limit or thrown"},
	{"replacing into a bigger string", `let s='x'.repeat(1e6); for(;;) s=s.replace(/x/g,'xx')`, "timeout or limit or thrown"},
	{"sorting with a lying comparator", `return new Float64Array(5e6).sort(()=>Math.random()-0.5).length`, "timeout or limit or thrown"},
	{"a proxy of a proxy", `let p={}; for(let i=0;i<2e5;i++) p=new Proxy(p,{}); return p.x === undefined && 'x' in p`, "timeout or limit or thrown or value"},
	{"a proxy that answers for ever", `return new Proxy({}, {ownKeys(){for(;;){}}})`, "timeout"},
	{"deep arguments", `return Math.max(...new Array(1e7).fill(1))`, "timeout or limit or thrown or value"},
	{"bigint tower", `let n=3n; for(;;) n=n*n`, "timeout or limit or thrown"},
	{"endless async generator", `for await (const x of (async function*(){for(;;) yield 1})()) {} return 1`, "timeout"},
	{"promises beside the host", `const f=()=>Promise.resolve().then(f); await box.host('x',{}); f(); await new Promise(()=>{})`, "timeout"},
	{"awaiting a getter that awaits itself", `const o={get then(){return (ok)=>ok(o)}}; return o`, "timeout or limit or thrown"},
	{"deep arguments to the host", `let o={}; for(let i=0;i<2e5;i++) o={o}; return box.host('x',o)`, "timeout or limit or thrown"},
	{"huge arguments to the host", `return box.host('x','x'.repeat(4<<20))`, "timeout or limit or thrown"},
	{"a thousand timers that arm more", `for(let i=0;i<900;i++) setInterval(()=>setTimeout(()=>{},0),0); await new Promise(()=>{})`, "timeout or limit or thrown"},
	{"a stack that lies", `Error.prepareStackTrace=()=>{for(;;){}}; Error.stackTraceLimit=1e9; const f=(n)=>n?f(n-1):null.x; return f(500)`, "thrown or timeout"},
	{"a locale that loops", `return (1).toLocaleString({toString(){for(;;){}}})`, "timeout"},
	{"nested code", `let s='1'; for(let i=0;i<30;i++) s='eval('+JSON.stringify(s)+')'; return eval(s)`, "thrown or timeout or limit or value"},
	{"dynamic import", `return (await import('/etc/passwd')).default`, "thrown or limit"},
}

func TestHostileScripts(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	for _, c := range hostile {
		t.Run(c.name, func(t *testing.T) {
			job := script("hostile", c.body)
			job.Host = sandbox.HostFunc(func(context.Context, string, json.RawMessage) (json.RawMessage, error) {
				return json.RawMessage(`{}`), nil
			})
			out, err := pool.Run(context.Background(), job)
			if got := ending(out, err); !oneOf(got, c.want) {
				t.Errorf("ended as %s (value %.80s, thrown %+v, err %v), want %s", got, out.Value, out.Thrown, err, c.want)
			}
			if len(out.Logs) > sandbox.MaxLogs {
				t.Errorf("%d lines of log", len(out.Logs))
			}
			after, err := pool.Run(context.Background(), script("honest", `return {then: 1, a: [JSON.stringify({x:1})]}`))
			if err != nil || string(after.Value) != `{"then":1,"a":["{\"x\":1}"]}` {
				t.Fatalf("another service afterwards: %s, %+v, %v", after.Value, after.Thrown, err)
			}
		})
	}
}

func ending(out sandbox.Outcome, err error) string {
	switch {
	case err != nil:
		return string(fault.CodeOf(err))
	case out.Thrown != nil:
		return "thrown"
	}
	return "value"
}

func oneOf(got, want string) bool {
	for rest := want; rest != ""; {
		var head string
		if head, rest = cutOr(rest); head == got {
			return true
		}
	}
	return false
}

func cutOr(s string) (head, rest string) {
	for i := 0; i+4 <= len(s); i++ {
		if s[i:i+4] == " or " {
			return s[:i], s[i+4:]
		}
	}
	return s, ""
}

func TestNothingLeaksBetweenRuns(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	leave := `globalThis.secret='s'; Object.prototype.secret='s'; Array.prototype.secret='s'; box.set('secret','"s"'); console.secret='s'; return 1`
	look := `return [typeof secret, typeof ({}).secret, typeof [].secret, box.get('secret'), typeof console.secret]`
	if _, err := pool.Run(context.Background(), script("a", leave)); err != nil {
		t.Fatal(err)
	}
	for _, scope := range []string{"a", "b"} {
		out, err := pool.Run(context.Background(), script(scope, look))
		if err != nil || string(out.Value) != `["undefined","undefined","undefined",null,"undefined"]` {
			t.Errorf("scope %s sees %s (%v)", scope, out.Value, err)
		}
	}
}

func TestTheWorkerHasNothingOfOurs(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	out, err := pool.Run(context.Background(), script("s", `return Object.getOwnPropertyNames(globalThis).filter(n => n.startsWith('__') || ['std','os','process','require','print','scriptArgs','fetch'].includes(n))`))
	if err != nil || string(out.Value) != `[]` {
		t.Errorf("globals: %s, %v", out.Value, err)
	}
}

func TestCancelEndsARun(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	ctx, cancel := context.WithCancel(context.Background())
	job := script("s", `return box.host('wait')`)
	job.Limits = sandbox.Limits{Wall: time.Minute}
	job.Host = sandbox.HostFunc(func(ctx context.Context, _ string, _ json.RawMessage) (json.RawMessage, error) {
		cancel()
		<-ctx.Done()
		return nil, ctx.Err()
	})
	if _, err := pool.Run(ctx, job); !fault.Is(err, fault.Cancelled) {
		t.Errorf("got %v", err)
	}
}

func TestWaitingForTheHostCostsNoScriptTime(t *testing.T) {
	t.Parallel()
	pool := newPool(t)
	job := script("s", `return Promise.race([box.host('slow'), new Promise(ok => setTimeout(() => ok('late'), 400))])`)
	job.Limits.CPU = slower * 350 * time.Millisecond
	job.Host = sandbox.HostFunc(func(ctx context.Context, _ string, _ json.RawMessage) (json.RawMessage, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	})
	out, err := pool.Run(context.Background(), job)
	if err != nil || string(out.Value) != `"late"` {
		t.Errorf("got %s, %v", out.Value, err)
	}
}
