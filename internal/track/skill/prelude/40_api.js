// How a call of the platform's api ends in each dialect.
let MY = false;
const codes = { cancel: 11, denied: 2001, unsupported: 4, network: 12, timeout: 13, missing: 10 };
const failure = (name, reason, kind) => {
  const e = { errMsg: name + ':fail ' + reason };
  if (MY) { e.error = codes[kind] || 3; e.errorMessage = reason; }
  return e;
};
class Refusal { constructor(reason, kind, extra) { this.reason = reason; this.kind = kind; this.extra = extra; } }
const outcome = (name, value) => assign({}, value, MY ? {} : { errMsg: name + ':ok' });
const problemOf = (name, e) => {
  if (e instanceof Refusal) return assign(failure(name, e.reason, e.kind), e.extra);
  const text = isObject(e) && typeof e.message === 'string' ? e.message : String(e);
  return failure(name, text, 'network');
};
const quietly = (f, v) => { if (typeof f === 'function') { try { f(v); } catch (e) { G.console.error('callback failed:', e); } } };

// An asynchronous api: callbacks when it is given some, a promise otherwise.
const later = (name, work) => (options) => {
  const o = isObject(options) ? options : {};
  const done = (async () => work(o, options))().then((v) => outcome(name, v), (e) => { throw problemOf(name, e); });
  const task = { abort: noop, onHeadersReceived: noop, offHeadersReceived: noop, onChunkReceived: noop, offChunkReceived: noop, onProgressUpdate: noop };
  if (typeof o.success !== 'function' && typeof o.fail !== 'function' && typeof o.complete !== 'function') return assign(done, task);
  done.then((v) => { quietly(o.success, v); quietly(o.complete, v); }, (e) => { quietly(o.fail, e); quietly(o.complete, e); });
  return task;
};
// An api with a twin that answers at once.
const both = (target, name, work) => {
  target[name] = later(name, work);
  target[name + 'Sync'] = (...args) => { try { return work(isObject(args[0]) ? args[0] : {}, ...args); } catch (e) { throw assign(new Error(problemOf(name + 'Sync', e).errMsg), problemOf(name + 'Sync', e)); } };
};
const silent = (name) => later(name, () => ({}));
const door = async (kind, api, request, refused) => {
  const answer = await box.host('door', { kind, api, request });
  if (!answer || answer.granted !== true) throw refused || new Refusal('cancel', 'cancel');
  return isObject(answer.value) ? answer.value : {};
};
