state.holds = {}; state.orders = [];
// adult, child, senior; weekend adds a fifth
var P = { DAY: ['Full day pass 09:00-17:00 全天票', 380, 220, 190], AM: ['Morning half day 09:00-13:00 上午半天票', 260, 150, 130], PM: ['Afternoon half day 13:00-17:00 下午半天票', 260, 150, 130], NIGHT: ['Night skiing 18:00-21:30 夜场票', 180, 110, 90], TWO: ['Two-day pass 两日票', 680, 400, 340], FUN: ['Snow play area, no skiing 戏雪票', 98, 68, 48] };
var GEAR = { ski_set: 120, board_set: 140, helmet: 30, jacket: 60 }, LESSON = { beginner_group: 150, private_1h: 400, private_2h: 700 };
function weekend(d) { var w = new Date(d + 'T00:00:00Z').getUTCDay(); return w === 0 || w === 6; }
function price(code, guest, d) { var n = P[code][{ adult: 1, child: 2, senior: 3 }[guest || 'adult']]; return weekend(d) ? Math.round(n * 1.2) : n; }
function bad(d) {
  if (!/^\d{4}-\d\d-\d\d$/.test(d || '')) return 'date must be YYYY-MM-DD';
  if (d < new Date(now() + 8 * 36e5).toISOString().slice(0, 10)) return 'date is in the past';
  if (d > '2027-03-21') return 'The season ends on 2027-03-21';
  if (new Date(d + 'T00:00:00Z').getUTCDay() === 1) return 'Closed on Mondays. Open Tuesday to Sunday.';
}
function json(v) { return { text: JSON.stringify(v) }; }
tools.get_opening_days = function (a) {
  var out = [];
  for (var t = Date.parse(a.date_from), e = Date.parse(a.date_to); t <= e && out.length < 60; t += 864e5) { var d = new Date(t).toISOString().slice(0, 10); if (!bad(d)) out.push({ date: d, slopes_open: weekend(d) ? 12 : 9, night: true }); }
  return json({ days: out });
};
tools.get_products = function (a) {
  var e = bad(a.date);
  if (e) return { error: e };
  return json({ date: a.date, currency: 'CNY', products: Object.keys(P).map(function (c) { return { code: c, name: P[c][0], prices: { adult: price(c, 'adult', a.date), child: price(c, 'child', a.date), senior: price(c, 'senior', a.date) } }; }), gear: GEAR, lessons: LESSON });
};
tools.hold = function (a) {
  var e = bad(a.date);
  if (e) return { error: e };
  var t = (a.tickets || []).map(function (x) { return { product: x.product, guest: x.guest || 'adult', quantity: x.quantity || 1 }; });
  var w = t.find(function (x) { return !P[x.product]; });
  if (w) return { error: 'Unknown product ' + w.product + '. On sale: ' + Object.keys(P).join(', ') };
  var g = (a.gear || []).map(function (x) { return { kind: x.kind, quantity: x.quantity || 1, shoe_size_eu: x.shoe_size_eu || null }; });
  var v = g.find(function (x) { return /_set$/.test(x.kind) && !x.shoe_size_eu; });
  if (v) return { error: 'shoe_size_eu is required to rent a ' + v.kind };
  var sum = t.reduce(function (n, x) { return n + x.quantity * price(x.product, x.guest, a.date); }, 0) + g.reduce(function (n, x) { return n + x.quantity * GEAR[x.kind]; }, 0) + (a.lesson ? LESSON[a.lesson] : 0);
  var token = 'hold_' + (Object.keys(state.holds).length + state.orders.length + 1);
  state.holds[token] = { date: a.date, tickets: t, gear: g, lesson: a.lesson || null, amount: sum, currency: 'CNY' };
  return json({ token: token, amount: sum, currency: 'CNY', expires_at: Math.floor(now() / 1000) + 1200 });
};
tools.confirm_hold = function (a) {
  var h = state.holds[a.token];
  if (!h) return { error: 'This hold does not exist or has expired.' };
  if (!a.guest_name || !a.guest_mobile) return { error: 'guest_name and guest_mobile are required' };
  var o = Object.assign({ order_id: 'SL-' + (7001 + state.orders.length), status: 'issued', guest_name: a.guest_name, guest_mobile: a.guest_mobile }, h);
  delete state.holds[a.token];
  state.orders.push(o);
  return json({ order_id: o.order_id, status: o.status, date: o.date, amount: o.amount, currency: o.currency });
};
tools.release_hold = function (a) { delete state.holds[a.token]; return json({ released: true }); };
tools.refund_order = function (a) {
  var o = state.orders.find(function (x) { return x.order_id === a.order_id; });
  if (!o) return { error: 'No order ' + a.order_id };
  o.status = 'refunded';
  return json({ order_id: o.order_id, status: o.status, refunded: o.amount });
};
