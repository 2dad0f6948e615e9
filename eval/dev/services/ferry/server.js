state.quotes = {}; state.bookings = [];
var PORTS = { SK: ['Shekou (Shenzhen)', ['shekou', 'shenzhen', '蛇口', '深圳']], ZH: ['Zhuhai Jiuzhou', ['zhuhai', 'jiuzhou', '珠海', '九洲']], MO: ['Macau', ['macau', 'macao', '澳门']],
  DL: ['Dalian', ['dalian', '大连']], YT: ['Yantai', ['yantai', '烟台']], HK: ['Haikou', ['haikou', '海口']], XW: ['Xuwen', ['xuwen', '徐闻']] };
var ROUTES = [['SK', 'ZH', 60, 150, false, ['08:00', '09:30', '11:00', '13:30', '15:00', '17:00', '19:00']], ['SK', 'MO', 60, 230, false, ['09:00', '12:00', '16:30', '19:30']],
  ['DL', 'YT', 420, 260, true, ['10:00', '20:30']], ['HK', 'XW', 120, 42, true, ['07:00', '10:00', '13:00', '16:00', '19:00', '22:00']]];
var FACTOR = { economy: 1, first: 1.5, berth: 1.8 }, VEHICLE = { none: 0, car: 450, motorbike: 80, bicycle: 20 };
function port(q) { q = String(q || '').toLowerCase(); return Object.keys(PORTS).find(function (k) { return PORTS[k][1].some(function (w) { return q.indexOf(w) >= 0; }); }); }
function route(a, b) { return ROUTES.find(function (r) { return r[0] === a && r[1] === b || r[0] === b && r[1] === a; }); }
function iso(d) { var m = /^(\d\d)-(\d\d)-(\d{4})$/.exec(d || ''); return m && m[3] + '-' + m[2] + '-' + m[1]; }
function arrive(t, len) { var n = Number(t.slice(0, 2)) * 60 + Number(t.slice(3)) + len; return String(Math.floor(n / 60) % 24).padStart(2, '0') + ':' + String(n % 60).padStart(2, '0'); }
function portList() { return Object.keys(PORTS).map(function (k) { return PORTS[k][0]; }).join(', '); }
tools.list_ports = function () {
  return { text: 'Ports: ' + portList() + '\nRoutes (both ways):\n' + ROUTES.map(function (r) { return '- ' + PORTS[r[0]][0] + ' <-> ' + PORTS[r[1]][0] + ', ' + r[2] + ' min, from CNY ' + r[3]; }).join('\n') };
};
tools.search_sailings = function (a) {
  var o = port(a.origin), d = port(a.destination), day = iso(a.travel_date), r = route(o, d);
  if (!o) return { error: 'Unknown port "' + a.origin + '". We sail from: ' + portList() };
  if (!d) return { error: 'Unknown port "' + a.destination + '". We sail to: ' + portList() };
  if (!day) return { error: 'travel_date must be DD-MM-YYYY' };
  if (!r) return { error: 'No direct sailings between ' + PORTS[o][0] + ' and ' + PORTS[d][0] + '.' };
  if (day < new Date(now() + 8 * 36e5).toISOString().slice(0, 10)) return { error: 'travel_date is in the past' };
  var list = r[5].filter(function (t) {
    if (Date.parse(day + 'T' + t + ':00+08:00') < now()) return false;
    return !a.period || (a.period === 'morning' ? t < '12:00' : a.period === 'afternoon' ? t >= '12:00' && t < '18:00' : t >= '18:00');
  });
  if (!list.length) return { text: 'No sailings found for ' + a.travel_date + '.' };
  return { text: list.length + ' sailings ' + PORTS[o][0] + ' -> ' + PORTS[d][0] + ' on ' + a.travel_date + ':\n' + list.map(function (t) {
    return '[' + o + '2' + d + '-' + a.travel_date.replace(/-/g, '') + '-' + t.replace(':', '') + '] dep ' + t + ' arr ' + arrive(t, r[2]) + ' | economy CNY ' + r[3].toFixed(2) + ' | first CNY ' + (r[3] * 1.5).toFixed(2) + (r[4] && t > '20:00' ? ' | berth CNY ' + (r[3] * 1.8).toFixed(2) : '') + ' | seats available';
  }).join('\n') };
};
tools.quote_booking = function (a) {
  var m = /^(\w\w)2(\w\w)-(\d\d)(\d\d)(\d{4})-(\d\d)(\d\d)$/.exec(a.sailing_code || ''), r = m && route(m[1], m[2]), t = m && m[6] + ':' + m[7];
  if (!r || r[5].indexOf(t) < 0) return { error: 'Unknown sailing code. Use search_sailings.' };
  var cabin = a.cabin || 'economy', v = a.vehicle || 'none', ad = a.adults == null ? 1 : a.adults, ch = a.children || 0, se = a.seniors || 0;
  if (cabin === 'berth' && !(r[4] && t > '20:00')) return { error: 'berth is available on overnight sailings only' };
  if (v !== 'none' && !r[4]) return { error: 'This sailing takes foot passengers only.' };
  if (ad + ch + se < 1) return { error: 'At least one passenger' };
  var q = { quote_ref: 'QT' + (40 + Object.keys(state.quotes).length + state.bookings.length), sailing: a.sailing_code, origin: m[1], destination: m[2], departs: m[5] + '-' + m[4] + '-' + m[3] + 'T' + t, cabin: cabin, adults: ad, children: ch, seniors: se, vehicle: v, total: Math.round((ad + (ch + se) * 0.5) * r[3] * FACTOR[cabin] * 100) / 100 + VEHICLE[v] };
  state.quotes[q.quote_ref] = q;
  return { text: 'Quote ' + q.quote_ref + ': ' + PORTS[m[1]][0] + ' -> ' + PORTS[m[2]][0] + ', dep ' + t + ' on ' + m[3] + '-' + m[4] + '-' + m[5] + ', ' + cabin + ', ' + (ad + ch + se) + ' passenger(s). Total: CNY ' + q.total.toFixed(2) };
};
tools.book = function (a) {
  var q = state.quotes[a.quote_ref];
  if (!q) return { error: 'Quote not found or expired.' };
  if (!/\d{11}$/.test(String(a.contact_phone || '').replace(/[\s-]/g, ''))) return { error: 'contact_phone is not valid' };
  var b = Object.assign({ booking_ref: 'FW' + (9100 + state.bookings.length), status: 'confirmed', contact_name: a.contact_name, contact_phone: a.contact_phone }, q);
  delete state.quotes[a.quote_ref];
  state.bookings.push(b);
  return { text: 'Booking confirmed! Reference ' + b.booking_ref + '. CNY ' + b.total.toFixed(2) + ' paid. Be at the terminal 40 minutes before departure.' };
};
tools.cancel_booking = function (a) {
  var b = state.bookings.find(function (x) { return x.booking_ref === a.booking_ref; });
  if (!b) return { error: 'No booking ' + a.booking_ref };
  b.status = 'cancelled';
  return { text: 'Booking ' + b.booking_ref + ' cancelled. CNY ' + b.total.toFixed(2) + ' will be refunded.' };
};
