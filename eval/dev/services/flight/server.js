state.holds = {}; state.tickets = [];
var AIRPORTS = [['PEK', 'Beijing Capital', 'Beijing', '北京'], ['SHA', 'Shanghai Hongqiao', 'Shanghai', '上海'], ['CAN', 'Guangzhou Baiyun', 'Guangzhou', '广州'], ['SZX', "Shenzhen Bao'an", 'Shenzhen', '深圳'],
  ['CTU', 'Chengdu Shuangliu', 'Chengdu', '成都'], ['KMG', 'Kunming Changshui', 'Kunming', '昆明'], ['SYX', 'Sanya Phoenix', 'Sanya', '三亚'], ['XMN', 'Xiamen Gaoqi', 'Xiamen', '厦门'], ['XIY', "Xi'an Xianyang", "Xi'an", '西安']];
var AIR = ['CA', 'MU', 'CZ', 'HU'];
function two(n) { return String(n).padStart(2, '0'); }
function dist(a, b) { return Math.abs(AIRPORTS.findIndex(function (x) { return x[0] === a; }) - AIRPORTS.findIndex(function (x) { return x[0] === b; })); }
function flights(a, b, d, cabin) {
  var out = [];
  for (var i = 0; i < 14; i++) {
    var t = 420 + i * 60, len = 110 + dist(a, b) * 15, e = t + len;
    out.push({ flight_id: a + b + '-' + d + '-' + i, flight_no: AIR[i % 4] + (1200 + i * 7), airline: AIR[i % 4], departs: d + 'T' + two(Math.floor(t / 60)) + ':' + two(t % 60) + ':00+08:00', arrives: d + 'T' + two(Math.floor(e / 60) % 24) + ':' + two(e % 60) + ':00+08:00',
      price: { amount: (62000 + dist(a, b) * 9000 + [0, 8000, 15000, 4000, 21000][i % 5]) * (cabin === 'business' ? 3 : 1), currency: 'CNY' }, seats: 9 - (i % 4) });
  }
  return out;
}
tools.find_airports = function (a) {
  var q = String(a.q || '').toLowerCase().trim();
  return { data: { airports: AIRPORTS.filter(function (p) { return p.some(function (w) { w = w.toLowerCase(); return w.indexOf(q) >= 0 || q.indexOf(w) >= 0; }); }).map(function (p) { return { iata: p[0], airport: p[1], city: p[2] }; }) } };
};
tools.list_flights = function (a) {
  if (!AIRPORTS.some(function (p) { return p[0] === a.origin; }) || !AIRPORTS.some(function (p) { return p[0] === a.destination; })) return { error: 'Unknown airport code.' };
  if (a.origin === a.destination) return { error: 'Origin and destination are the same.' };
  if (a.date < new Date(now() + 8 * 36e5).toISOString().slice(0, 10)) return { error: 'That date is in the past.' };
  var from = Number(a.cursor || 0), all = flights(a.origin, a.destination, a.date, a.cabin);
  var data = { flights: all.slice(from, from + 10) };
  if (from + 10 < all.length) data.next_cursor = String(from + 10);
  return { data: data };
};
tools.hold_fare = function (a) {
  var m = /^([A-Z]{3})([A-Z]{3})-(\d{4}-\d\d-\d\d)-(\d+)$/.exec(a.flight_id || '');
  var f = m && flights(m[1], m[2], m[3], a.cabin)[Number(m[4])];
  if (!f) return { error: 'Unknown flight_id.' };
  var n = a.passengers || 1;
  if (n > f.seats) return { error: 'Only ' + f.seats + ' seats left.' };
  var h = { hold_id: 'H' + (1 + Object.keys(state.holds).length), origin: m[1], destination: m[2], date: m[3], flight_no: f.flight_no, departs: f.departs, passengers: n, cabin: a.cabin || 'economy', seat: a.seat || 'any', total: { amount: f.price.amount * n, currency: 'CNY' }, expires: new Date(now() + 12e5).toISOString() };
  state.holds[h.hold_id] = h;
  return { data: { hold_id: h.hold_id, flight_no: h.flight_no, departs: h.departs, passengers: n, total: h.total, expires: h.expires } };
};
tools.ticket_fare = function (a) {
  var h = state.holds[a.hold_id];
  if (!h) return { error: 'No such hold.' };
  var t = Object.assign({ ticket_id: 'T' + (1 + state.tickets.length), status: 'ticketed' }, h);
  delete state.holds[a.hold_id];
  state.tickets.push(t);
  return { data: { ticket_id: t.ticket_id, flight_no: t.flight_no, departs: t.departs, total: t.total, status: t.status } };
};
tools.refund_ticket = function (a) {
  var t = state.tickets.find(function (x) { return x.ticket_id === a.ticket_id; });
  if (!t) return { error: 'No such ticket.' };
  t.status = 'refunded';
  return { data: { ticket_id: t.ticket_id, status: t.status } };
};
