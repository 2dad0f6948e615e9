// Runs first in every context. It keeps the built-ins that it needs, so that what a script does to them later
// cannot reach it, and gives the script console, timers and a few web basics. Its value is the dispatcher by
// which Go enters the context.
(function () {
  'use strict';
  const G = globalThis;
  const take = (name) => { const f = G[name]; delete G[name]; return f; };
  const settle = take('__settle'), callHost = take('__host'), goLog = take('__log'), goFile = take('__file');
  const goTimer = take('__timer'), goUntimer = take('__untimer'), goNow = take('__now');
  const kv = { get: take('__get'), set: take('__set'), remove: take('__remove'), clear: take('__clear'), keys: take('__keys'), size: take('__size') };

  const { Promise, Error, TypeError, RangeError, String, Number, Map, WeakMap, Array, Symbol, Date, RegExp, Set } = G;
  const stringify = JSON.stringify, parse = JSON.parse;
  const { apply, construct, ownKeys } = Reflect;
  const { freeze, create, defineProperty, getPrototypeOf, getOwnPropertyDescriptor } = Object;
  const isArray = Array.isArray;
  const indirectEval = G.eval;
  const fn = (f) => (self, ...args) => apply(f, self, args);
  const mapGet = fn(Map.prototype.get), mapSet = fn(Map.prototype.set), mapDelete = fn(Map.prototype.delete), mapHas = fn(Map.prototype.has);
  const then = Promise.prototype.then, sliceString = fn(String.prototype.slice);
  const resolved = (v) => new Promise((ok) => ok(v));

  // Text of anything, never throwing.
  const show = (v) => {
    try {
      if (typeof v === 'string') return v;
      if (typeof v === 'symbol' || typeof v === 'function' || typeof v === 'bigint' || v === undefined) return sliceString(String(v), 0, 500);
      if (v !== null && typeof v === 'object' && v instanceof Error) return '' + v.name + ': ' + v.message;
      const s = stringify(v, plain);
      return typeof s === 'string' ? s : String(v);
    } catch (e) { return '[unprintable]'; }
  };
  const plain = (key, v) => (typeof v === 'bigint' ? Number(v) : v);
  const problem = (e) => {
    let message = 'unknown error', stack = '';
    try { message = e === null || e === undefined ? 'threw ' + e : typeof e === 'object' && typeof e.message === 'string' && e.message !== '' ? e.message : show(e); } catch (x) { /* a getter that throws */ }
    try { stack = typeof e === 'object' && e !== null && typeof e.stack === 'string' ? e.stack : ''; } catch (x) { /* likewise */ }
    return [sliceString(message, 0, 2000), sliceString(stack, 0, 2000)];
  };
  const fail = (e) => { const p = problem(e); settle('thrown', p[0], p[1]); };
  const succeed = (v) => {
    if (v === undefined) { settle('undefined', '', ''); return; }
    let text;
    try { text = stringify(v, plain); } catch (e) { fail(e); return; }
    if (text === undefined) settle('undefined', '', ''); else settle('value', text, '');
  };

  // console
  const line = (level) => (...args) => {
    let text = '';
    for (let i = 0; i < args.length && text.length < 4000; i++) text += (i ? ' ' : '') + sliceString(show(args[i]), 0, 4000);
    goLog(level, text);
  };
  const console = {};
  for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'group', 'groupEnd', 'time', 'timeEnd', 'table', 'dir']) console[level] = line(level);
  console.assert = (ok, ...args) => { if (!ok) console.error(...args); };

  // timers: Go keeps the times, the functions stay here
  const timers = new Map();
  let timerId = 0;
  const arm = (f, ms, args, repeat) => {
    if (typeof f !== 'function') throw new TypeError('callback is not a function');
    const id = ++timerId, d = Number(ms);
    goTimer(id, d > 0 && d < 1e9 ? Math_ceil(d) : d >= 1e9 ? 1e9 : 0, repeat);
    mapSet(timers, id, { f, args, repeat });
    return id;
  };
  const Math_ceil = Math.ceil;
  const disarm = (id) => { const n = Number(id); if (mapHas(timers, n)) { mapDelete(timers, n); goUntimer(n); } };
  const globals = {
    console,
    setTimeout: (f, ms, ...args) => arm(f, ms, args, false),
    setInterval: (f, ms, ...args) => arm(f, ms, args, true),
    setImmediate: (f, ...args) => arm(f, 0, args, false),
    clearTimeout: disarm, clearInterval: disarm, clearImmediate: disarm,
    queueMicrotask: (f) => { apply(then, resolved(), [() => f()]); },
  };

  // the clock of the job
  const now = () => goNow();
  function JobDate(...args) {
    if (!new.target) return new Date(now()).toString();
    return construct(Date, args.length ? args : [now()], new.target);
  }
  JobDate.prototype = Date.prototype;
  JobDate.now = now; JobDate.parse = Date.parse; JobDate.UTC = Date.UTC;
  defineProperty(JobDate, 'name', { value: 'Date' });
  defineProperty(JobDate, 'length', { value: 7 });
  defineProperty(Date.prototype, 'constructor', { value: JobDate, writable: true, configurable: true });
  globals.Date = JobDate;
  globals.performance = { now: (() => { const start = now(); return () => now() - start; })() };

  // host(name, args): a promise of the parent's answer
  const waiting = new Map();
  let hostId = 0;
  const host = (name, args) => new Promise((ok, no) => {
    const id = ++hostId;
    const text = stringify(args === undefined ? null : args, plain);
    callHost(id, String(name), text === undefined ? 'null' : text);
    mapSet(waiting, id, { ok, no });
  });

  const intrinsics = freeze({
    host, get: kv.get, set: kv.set, remove: kv.remove, clear: kv.clear, keys: () => parse(kv.keys()), size: kv.size,
    file: (name) => { const s = goFile(name); return s === null ? undefined : s; },
    compile: (text, name) => { try { return indirectEval(text); } catch (e) { try { e.message = name + ': ' + e.message; } catch (x) { /* frozen */ } throw e; } },
    log: (level, text) => goLog(level, text), now,
  });

  for (const name of ownKeys(globals)) defineProperty(G, name, { value: globals[name], writable: true, configurable: true, enumerable: false });
  defineProperty(G, 'global', { value: G, writable: true, configurable: true, enumerable: false });
  //POLYFILLS

  const entries = {
    start(source, args) {
      let p;
      try { p = indirectEval(source)(intrinsics)(args === '' ? undefined : parse(args)); } catch (e) { fail(e); return; }
      // Resolving by the kept constructor takes thenables too; the value settles once whatever they do.
      apply(then, resolved(p), [succeed, fail]);
    },
    timer(id) {
      const t = mapGet(timers, id);
      if (!t) return;
      if (!t.repeat) mapDelete(timers, id);
      try { apply(t.f, undefined, t.args); } catch (e) { line('error')('uncaught in timer:', e); }
    },
    reply(id, error, value) {
      const w = mapGet(waiting, id);
      if (!w) return;
      mapDelete(waiting, id);
      if (error !== '') { w.no(new Error(error)); return; }
      w.ok(value === '' ? undefined : parse(value));
    },
  };
  return (kind, a, b, c) => { entries[kind](a, b, c); };
})()
