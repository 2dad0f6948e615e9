state.orders = [];
var STATIONS = [['VNP', '北京南', 'Beijing South', '北京', 'Beijing'], ['BXP', '北京西', 'Beijing West', '北京', 'Beijing'], ['AOH', '上海虹桥', 'Shanghai Hongqiao', '上海', 'Shanghai'],
  ['TJP', '天津', 'Tianjin', '天津', 'Tianjin'], ['HGH', '杭州东', 'Hangzhou East', '杭州', 'Hangzhou'], ['NKH', '南京南', 'Nanjing South', '南京', 'Nanjing'], ['JNK', '济南西', 'Jinan West', '济南', 'Jinan'],
  ['XAY', '西安北', "Xi'an North", '西安', "Xi'an"], ['CDW', '成都东', 'Chengdu East', '成都', 'Chengdu'], ['WHN', '武汉', 'Wuhan', '武汉', 'Wuhan'], ['GZQ', '广州南', 'Guangzhou South', '广州', 'Guangzhou']];
var ROUTES = { 'VNP-AOH': [268, 553, 'G'], 'VNP-TJP': [35, 54.5, 'C'], 'VNP-HGH': [290, 626, 'G'], 'VNP-NKH': [215, 443, 'G'], 'VNP-JNK': [95, 194, 'G'], 'BXP-XAY': [285, 515, 'G'], 'BXP-CDW': [450, 778, 'G'], 'BXP-WHN': [260, 520, 'G'], 'BXP-GZQ': [480, 862, 'G'] };
function city(code) { for (var s of STATIONS) if (s[0] === code) return s; return null; }
function route(a, b) { return ROUTES[a + '-' + b] || ROUTES[b + '-' + a]; }
function hm(m) { return String(Math.floor(m / 60) % 24).padStart(2, '0') + ':' + String(m % 60).padStart(2, '0'); }
function trains(a, b) {
  var r = route(a, b), out = [], back = !ROUTES[a + '-' + b];
  if (!r) return out;
  [390, 480, 545, 660, 780, 840, 930, 1020, 1080, 1140, 1200].forEach(function (t, i) {
    out.push({ train_no: r[2] + (back ? 2 : 1) + String(10 + i * 2 + (back ? 1 : 0)), from_name: city(a)[1], to_name: city(b)[1], depart_time: hm(t), arrive_time: hm(t + r[0] + (i % 3) * 8), duration_min: r[0] + (i % 3) * 8,
      fares: [{ seat_class: 'O', price_yuan: r[1], left: 30 - i }, { seat_class: 'M', price_yuan: Math.round(r[1] * 1.6 * 2) / 2, left: 12 }, { seat_class: '9', price_yuan: Math.round(r[1] * 3.1 * 2) / 2, left: 4 }] });
  });
  return out;
}
tools.search_stations = function (a) {
  var q = String(a.query || '').toLowerCase().replace(/[市站]$/, '');
  return { data: { stations: STATIONS.filter(function (s) { return s.slice(1).some(function (w) { w = w.toLowerCase(); return w.indexOf(q) >= 0 || q.indexOf(w) >= 0; }); })
    .map(function (s) { return { station_code: s[0], name: s[1], name_en: s[2], city: s[3], city_en: s[4] }; }) } };
};
tools.search_trains = function (a) {
  if (!city(a.from_code) || !city(a.to_code)) return { error: 'unknown station code / 车站代码不存在' };
  if (a.date < new Date(now() + 8 * 36e5).toISOString().slice(0, 10)) return { error: 'the date is past / 日期已过' };
  return { data: { trains: trains(a.from_code, a.to_code).filter(function (t) { return (!a.depart_after || t.depart_time >= a.depart_after) && (!a.depart_before || t.depart_time <= a.depart_before) && (!a.only_high_speed || /^[GDC]/.test(t.train_no)); }) } };
};
tools.book_train_ticket = function (a) {
  var t = trains(a.from_code, a.to_code).find(function (x) { return x.train_no === a.train_no; });
  if (!t) return { error: 'no such train between these stations / 两站之间没有该车次' };
  var fare = t.fares.find(function (f) { return f.seat_class === a.seat_class; });
  var n = a.ticket_count || 1;
  if (!fare || fare.left < n) return { error: 'not enough seats of this class / 余票不足' };
  var o = { order_id: 'E' + (70001 + state.orders.length), train_no: t.train_no, date: a.date, from_code: a.from_code, to_code: a.to_code, depart_time: t.depart_time, depart_at: a.date + ' ' + t.depart_time, seat_class: a.seat_class, ticket_count: n, seat_preference: a.seat_preference || '', total_yuan: fare.price_yuan * n, status: 'issued' };
  state.orders.push(o);
  return { data: { order_id: o.order_id, train_no: o.train_no, depart_at: o.depart_at, seat_class: o.seat_class, ticket_count: n, total_yuan: o.total_yuan, status: o.status } };
};
tools.refund_train_ticket = function (a) {
  var o = state.orders.find(function (x) { return x.order_id === a.order_id; });
  if (!o) return { error: 'no such order / 没有该订单' };
  o.status = 'refunded';
  return { data: { order_id: o.order_id, status: o.status } };
};
