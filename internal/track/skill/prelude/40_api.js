// How a call of the platform's api ends in each dialect.
let MY = false;
const codes = { cancel: 11, denied: 2001, closed: 4, unsupported: 1, network: 12, timeout: 13, missing: 2, forbidden: 11 };
const errnos = { denied: 103, timeout: 5, missing: 1001, forbidden: 600002 };
const failure = (name, reason, kind) => {
  const e = { errMsg: name + ':fail ' + reason };
  if (MY) { e.error = codes[kind] || 3; e.errorMessage = reason; } else if (errnos[kind] !== undefined) e.errno = errnos[kind];
  return defineProperty(e, 'message', { value: e.errMsg, enumerable: false, configurable: true, writable: true }); // for code that takes it for an Error
};
class Refusal { constructor(reason, kind, extra) { this.reason = reason; this.kind = kind; this.extra = extra; } }
const outcome = (name, value) => assign({}, value, MY ? {} : { errMsg: name + ':ok' });
const problemOf = (name, e) => {
  if (e instanceof Refusal) return assign(failure(name, e.reason, e.kind), e.extra);
  const text = isObject(e) && typeof e.message === 'string' ? e.message : String(e);
  return failure(name, text, 'network');
};
const thrown = (name, e) => { const p = problemOf(name, e); return assign(new Error(p.errMsg), p); };
const quietly = (f, v) => { if (typeof f === 'function') { try { f(v); } catch (e) { G.console.error('callback failed:', e); } } };
const hasCallback = (o) => typeof o.success === 'function' || typeof o.fail === 'function' || typeof o.complete === 'function';

// The task of a call that goes on: it can be aborted, and tells of headers, chunks and progress.
const taskOf = (abort) => {
  const heard = create(null), task = { abort };
  for (const what of ['HeadersReceived', 'ChunkReceived', 'ProgressUpdate']) {
    heard[what] = [];
    task['on' + what] = (f) => { heard[what].push(f); };
    task['off' + what] = (f) => { heard[what] = f === undefined ? [] : heard[what].filter((g) => g !== f); };
  }
  return { task, tell: (what, v) => { for (const f of heard[what].slice()) quietly(f, v); } };
};

// An asynchronous api: callbacks when it is given some, a promise otherwise.
const later = (name, work, extra) => (options) => {
  const o = isObject(options) ? options : {};
  let stop;
  const aborted = new Promise((ok, no) => { stop = () => no(new Refusal('abort', 'cancel')); });
  aborted.catch(noop);
  const { task, tell } = taskOf(() => stop());
  const working = (async () => work(o, options, tell))();
  working.catch(noop);
  const done = Promise.race([aborted, working]).then((v) => outcome(name, v), (e) => { throw problemOf(name, e); });
  if (extra) assign(task, extra);
  if (!hasCallback(o)) return assign(done, task);
  done.then((v) => { quietly(o.success, v); quietly(o.complete, v); }, (e) => { quietly(o.fail, e); quietly(o.complete, e); });
  return task;
};
// An api that answers at once; what fails is thrown as the platform does.
const atOnce = (name, work) => (...args) => { try { return work(...args); } catch (e) { throw thrown(name, e); } };
// An api with a twin that answers at once.
const both = (target, name, work) => {
  target[name] = later(name, work);
  target[name + 'Sync'] = atOnce(name + 'Sync', (...args) => work(isObject(args[0]) ? args[0] : {}, ...args));
};
const silent = (name) => later(name, () => ({}));
const door = async (kind, api, request, refused) => {
  const answer = await box.host('door', { kind, api, request });
  if (!answer || answer.granted !== true) throw refused || new Refusal('cancel', 'cancel');
  return isObject(answer.value) ? answer.value : {};
};
// Something of the platform that is not here: whatever is asked of it fails in the platform's words, at once or later,
// and never hangs. It can be called, constructed, chained and awaited.
const absent = (name, reason, extra) => {
  const fail = () => assign(failure(name, reason, 'unsupported'), extra);
  const rejected = () => { const p = new Promise((ok, no) => no(fail())); p.catch(noop); return p; };
  const called = (args) => {
    for (const o of args) if (isObject(o) && hasCallback(o)) new Promise((ok) => ok()).then(() => { quietly(o.fail, fail()); quietly(o.complete, fail()); });
    return absent(name, reason, extra);
  };
  return new Proxy(function () {}, {
    get: (t, k) => {
      if (k === 'then' || k === 'catch' || k === 'finally') return (...f) => rejected()[k](...f);
      if (typeof k !== 'string' || k === 'toJSON' || k === 'prototype' || k === 'constructor') return undefined;
      if (/^on\w*Error$/.test(k)) return (f) => { new Promise((ok) => ok()).then(() => quietly(f, fail())); };
      if (/^(on|off)[A-Z]/.test(k)) return noop;
      return absent(name + (name.startsWith('cloud') && name.indexOf('.') < 0 ? '.' + k : ''), reason, extra);
    },
    apply: (t, self, args) => called(args),
    construct: (t, args) => called(args),
  });
};
