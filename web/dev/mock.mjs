// A scripted server for developing the UI without the platform: `npm run mock`, then `npm run dev`. It keeps all in
// memory, follows docs/http-api.md, and serves the built UI where there is one. Never shipped.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { id, scriptFor } from './script.mjs';

const port = Number(process.env.MOCK_PORT ?? 5199);
const pace = Number(process.env.MOCK_PACE ?? 1); // 0.1 is ten times as fast
const dist = fileURLToPath(new URL('../../internal/web/dist/', import.meta.url));
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const kinds = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json' };

const people = [{ id: 'p_lin', name: '林晓' }, { id: 'p_amy', name: 'Amy Chen' }, { id: 'p_wang', name: '王磊' }];
const services = [
  { id: 'ride', name: '青鸟出行', description: '', track: 'mcp', sandbox: true, capabilities: [] },
  { id: 'coffee', name: '山谷咖啡', description: '', track: 'skill', sandbox: true, capabilities: [] },
];
const worlds = new Map(people.map((p) => [p.id, world(p)]));
const pauses = new Map();
const turns = new Map();
const sessions = new Map();

function world(p) {
  return {
    person: p.id, lang: '', conversations: new Map(), orders: new Map(), mandates: new Map(), balance: 88800,
    entries: [{ at: new Date(Date.now() - 86_400_000 * 3).toISOString(), memo: '演示充值', amount: 100000, currency: 'CNY', status: 'captured' },
      { at: new Date(Date.now() - 86_400_000).toISOString(), memo: '花间 · 一束郁金香', amount: -11200, currency: 'CNY', status: 'captured' }],
    profile: {
      name: p.name, phone: '138 0013 8000', place: '',
      addresses: [
        { label: 'home', name: p.name, phone: '138 0013 8000', detail: '北京市朝阳区望京街 9 号院 3 号楼 1802' },
        { label: 'work', name: p.name, phone: '138 0013 8000', detail: '北京市朝阳区阜通东大街 6 号 A 座 12 层' }],
      consents: [{ service: 'coffee', value: 'phone', always: true }],
    },
  };
}

const held = (w) => [...w.orders.values()].filter((o) => ['held', 'placing', 'placed'].includes(o.state)).reduce((n, o) => n + o.quote.amount.amount, 0);
const available = (w) => w.balance - held(w);

function emit(w, conversation, type, data) {
  data = structuredClone(data);
  const event = { seq: conversation.events.length + 1, type, data };
  conversation.events.push(event);
  conversation.updated = new Date().toISOString();
  if (type === 'order') w.orders.set(data.id, data);
  if (type === 'payment' && data.status === 'captured') {
    w.balance -= data.amount;
    w.entries.unshift({ at: new Date().toISOString(), memo: data.name, amount: -data.amount, currency: 'CNY', status: 'captured' });
  }
  for (const res of conversation.readers) write(res, event);
}

function write(res, e) { res.write(`id: ${e.seq}\nevent: ${e.type}\ndata: ${JSON.stringify(e.data)}\n\n`); }

async function run(w, conversation, turn, text) {
  const script = scriptFor(text)(turn.id, text, { person: w.person, available: () => available(w) });
  let got;
  for (;;) {
    const { value, done } = await script.next(got);
    got = undefined;
    if (done) return;
    if (!Array.isArray(value)) {
      got = await new Promise((resolve) => {
        const p = pauses.get(value.ask);
        if (p?.answer) resolve(p.answer); else pauses.set(value.ask, { ...p, resolve, conversation, w, turn: turn.id });
      });
      if (turn.cancelled) return;
      continue;
    }
    await new Promise((r) => setTimeout(r, value[0] * pace));
    if (turn.cancelled) return;
    if (value[1] === 'question' || value[1] === 'bundle') pauses.set(value[2].pause, { conversation, w, turn: turn.id, hash: value[2].hash });
    emit(w, conversation, value[1], value[2]);
  }
}

function answer(pause, body) {
  const p = pauses.get(pause);
  if (!p) return [404, 'not_found'];
  if (p.answer) return JSON.stringify(p.answer) === JSON.stringify(body) ? [200, { state: 'answered' }] : [409, 'conflict'];
  if (p.hash && body.approve && body.hash !== p.hash) return [409, 'changed'];
  p.answer = body;
  if (body.approve) p.w.mandates.set(p.turn, { hash: body.hash, at: new Date().toISOString() });
  emit(p.w, p.conversation, 'answered', { pause, turn: p.turn, state: 'answered', answer: body });
  p.resolve?.(body);
  return [200, { state: 'answered' }];
}

function cancel(turnId) {
  const turn = turns.get(turnId);
  if (!turn) return [404, 'not_found'];
  if (turn.cancelled) return [200, {}];
  turn.cancelled = true;
  for (const [key, p] of pauses) {
    if (p.turn === turnId && !p.answer) emit(turn.w, turn.conversation, 'answered', { pause: key, turn: turnId, state: 'cancelled' });
  }
  emit(turn.w, turn.conversation, 'done', { turn: turnId, outcome: 'failed', code: 'cancelled' });
  return [200, {}];
}

function close(w, o, state) {
  const conversation = [...w.conversations.values()].find((c) => c.events.some((e) => e.data.turn === o.turn));
  const next = { ...o, state, updated: new Date().toISOString() };
  w.balance += o.quote.amount.amount;
  w.entries.unshift({ at: next.updated, memo: o.quote.payee_name, amount: o.quote.amount.amount, currency: 'CNY', status: 'refunded' });
  emit(w, conversation, 'payment', { turn: o.turn, order: o.id, payee: o.quote.payee, name: o.quote.payee_name, amount: o.quote.amount.amount, currency: 'CNY', status: 'refunded', sandbox: true });
  emit(w, conversation, 'order', next);
  return [200, next];
}

function receipt(w, o) {
  const events = [...w.conversations.values()].flatMap((c) => c.events).filter((e) => e.data.turn === o.turn);
  const latest = (type, key) => [...new Map(events.filter((e) => e.type === type).map((e) => [e.data[key], e.data])).values()];
  return { order: o, mandate: w.mandates.get(o.turn) ?? { hash: '', at: '' },
    payments: latest('payment', 'order').filter((p) => p.order === o.id).map((p) => ({ ...p, at: o.updated })),
    steps: latest('step', 'id').filter((s) => s.goal === o.quote.goal).map((s) => ({ title: s.title, state: s.state, at: o.updated })) };
}

function routes(w, method, path, body, url) {
  const [a, b, c] = path;
  const is = (m, ...parts) => m === method && parts.length === path.length && parts.every((p, i) => p === '*' || p === path[i]);
  if (is('GET', 'me')) return [200, { id: w.person, name: w.profile.name, lang: w.lang, balance: { amount: w.balance, available: available(w), currency: 'CNY' }, profile: w.profile }];
  if (is('PUT', 'me', 'profile')) { const { lang, ...profile } = body; w.lang = lang; w.profile = profile; return [200, body]; }
  if (is('GET', 'services')) return [200, services];
  if (is('GET', 'conversations')) return [200, [...w.conversations.values()].map(({ id, title, updated }) => ({ id, title, updated })).reverse()];
  if (is('POST', 'conversations')) {
    const made = { id: id('c'), title: '', updated: new Date().toISOString(), events: [], readers: new Set() };
    w.conversations.set(made.id, made);
    return [200, { id: made.id }];
  }
  if (is('POST', 'conversations', '*', 'turns')) {
    const conversation = w.conversations.get(b);
    if (!conversation) return [404, 'not_found'];
    const turn = { id: id('t'), conversation, w };
    turns.set(turn.id, turn);
    conversation.title ||= body.text;
    emit(w, conversation, 'turn', { turn: turn.id, text: body.text, lang: 'zh', at: new Date().toISOString() });
    void run(w, conversation, turn, body.text);
    return [200, { turn: turn.id }];
  }
  if (is('POST', 'pauses', '*', 'answer')) return answer(b, body);
  if (is('POST', 'turns', '*', 'cancel')) return cancel(b);
  if (is('GET', 'orders')) {
    const all = [...w.orders.values()].reverse();
    const after = all.findIndex((o) => o.id === url.searchParams.get('after'));
    return [200, all.slice(after + 1, after + 1 + Number(url.searchParams.get('limit') ?? 20))];
  }
  const o = a === 'orders' ? w.orders.get(b) : undefined;
  if (a === 'orders' && !o) return [404, 'not_found'];
  if (is('GET', 'orders', '*')) return [200, o];
  if (is('GET', 'orders', '*', 'receipt')) return [200, receipt(w, o)];
  if (is('POST', 'orders', '*', 'cancel')) return close(w, o, 'cancelled');
  if (is('POST', 'orders', '*', 'refund')) return close(w, o, 'refunded');
  if (is('GET', 'wallet')) return [200, { balance: { amount: w.balance, available: available(w), currency: 'CNY' }, entries: w.entries }];
  return [404, 'not_found', c];
}

function send(res, status, body) {
  const out = status < 400 ? body : { error: { code: body, message: body, text: '' } };
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(out));
}

function events(req, res, conversation, url) {
  const after = Number(req.headers['last-event-id'] ?? url.searchParams.get('after') ?? 0);
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  res.write(': hello\n\n');
  for (const e of conversation.events.slice(after)) write(res, e);
  conversation.readers.add(res);
  req.on('close', () => conversation.readers.delete(res));
}

async function page(res, pathname) {
  const name = normalize(pathname).replace(/^[/.]+/, '');
  for (const file of [name, 'index.html']) {
    try {
      const body = await readFile(join(dist, file || 'index.html'));
      res.writeHead(200, { 'Content-Type': kinds[extname(file || 'index.html')] ?? 'application/octet-stream', 'Content-Security-Policy': policy });
      return res.end(body);
    } catch { if (extname(name)) break; }
  }
  res.writeHead(404).end();
}

async function api(req, res, url) {
  const path = url.pathname.replace('/api/v1/', '').split('/').map(decodeURIComponent);
  let raw = '';
  for await (const chunk of req) raw += chunk;
  const body = raw ? JSON.parse(raw) : {};
  if (path[0] === 'people') return send(res, 200, people);
  const cookie = /bangwo_session=(\w+)/.exec(req.headers.cookie ?? '')?.[1];
  if (path[0] === 'session' && req.method === 'POST') {
    const key = id('s');
    sessions.set(key, body.person);
    res.setHeader('Set-Cookie', `bangwo_session=${key}; Path=/; HttpOnly; SameSite=Strict`);
    return send(res, 200, people.find((p) => p.id === body.person));
  }
  if (path[0] === 'session') { sessions.delete(cookie); return send(res, 200, {}); }
  const w = worlds.get(sessions.get(cookie));
  if (!w) return send(res, 401, 'unsigned');
  if (path[0] === 'conversations' && path[2] === 'events') {
    const conversation = w.conversations.get(path[1]);
    return conversation ? events(req, res, conversation, url) : send(res, 404, 'not_found');
  }
  send(res, ...routes(w, req.method, path, body, url));
}

createServer((req, res) => {
  const url = new URL(req.url, 'http://mock');
  const work = url.pathname.startsWith('/api/v1/') ? api(req, res, url) : page(res, url.pathname);
  work.catch((error) => { console.error(error); if (!res.headersSent) send(res, 500, 'internal'); });
}).listen(port, '127.0.0.1', () => console.log(`mock platform on http://127.0.0.1:${port}`));
