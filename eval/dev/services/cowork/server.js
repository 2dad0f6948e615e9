state.bookings = []; state.passes = [];
var LOC = [
  ['hive-zgc', 'Hive Zhongguancun', '蜂巢·中关村', '北京市海淀区中关村大街 15 号', 39.981, 116.315, 'zhongguancun haidian beijing 中关村 海淀 北京'],
  ['hive-wdk', 'Hive Wudaokou', '蜂巢·五道口', '北京市海淀区成府路 28 号', 39.992, 116.338, 'wudaokou haidian beijing 五道口 海淀 北京'],
  ['hive-wj', 'Hive Wangjing', '蜂巢·望京', '北京市朝阳区望京街 10 号', 39.998, 116.480, 'wangjing chaoyang beijing soho 望京 朝阳 北京'],
  ['hive-gm', 'Hive Guomao', '蜂巢·国贸', '北京市朝阳区建国门外大街 1 号', 39.909, 116.459, 'guomao cbd chaoyang beijing 国贸 朝阳 北京'],
  ['hive-xh', 'Hive Xuhui', '蜂巢·徐汇', '上海市徐汇区虹桥路 1 号', 31.194, 121.437, 'xuhui xujiahui shanghai 徐汇 徐家汇 上海']];
var ROOMS = [['Ant', 4, ['whiteboard']], ['Bee', 6, ['whiteboard', 'natural_light']], ['Cricket', 8, ['whiteboard', 'projector']], ['Dragonfly', 12, ['whiteboard', 'projector', 'video_conference', 'natural_light']], ['Emperor', 24, ['projector', 'video_conference']]];
function loc(id) { return LOC.find(function (l) { return l[0] === id; }); }
function view(l) { return { id: l[0], name: l[1], nameZh: l[2], address: l[3], latitude: l[4], longitude: l[5], openFrom: '08:00', openTo: '22:00' }; }
function out(ms) { return new Date(ms + 8 * 36e5).toISOString().slice(0, 19) + '+08:00'; }
function span(i) {
  var s = Date.parse(i.start), e = Date.parse(i.end);
  if (isNaN(s) || isNaN(e) || !/(Z|[+-]\d\d:\d\d)$/.test(i.start) || !/(Z|[+-]\d\d:\d\d)$/.test(i.end)) return { error: 'start and end must be RFC 3339 with an offset, e.g. 2026-11-25T14:00:00+08:00' };
  if (e <= s) return { error: 'end must be after start' };
  if (s < now()) return { error: 'start is in the past' };
  var h = [out(s).slice(11, 16), out(e).slice(11, 16)];
  if (h[0] < '08:00' || h[1] > '22:00' || out(s).slice(0, 10) !== out(e).slice(0, 10)) return { error: 'Rooms can be booked between 08:00 and 22:00 of one day. 可预订时间 08:00-22:00。' };
  return { s: s, e: e };
}
tools['locations-list'] = function (a) {
  var q = String(a.text || '').toLowerCase().trim(), list = LOC.slice();
  if (q) list = list.filter(function (l) { return (l[1] + ' ' + l[2] + ' ' + l[6]).toLowerCase().indexOf(q) >= 0 || l[6].split(' ').some(function (w) { return q.indexOf(w) >= 0; }); });
  if (typeof a.latitude === 'number' && typeof a.longitude === 'number') list.sort(function (x, y) { var d = function (l) { return Math.pow(l[4] - a.latitude, 2) + Math.pow(l[5] - a.longitude, 2); }; return d(x) - d(y); });
  var from = Number(a.cursor || 0);
  return { data: { locations: list.slice(from, from + 3).map(view), nextCursor: list.length > from + 3 ? String(from + 3) : null } };
};
tools['rooms-availability'] = function (a) {
  var l = loc(a.locationId), t = span(a.interval || {});
  if (!l) return { error: 'unknown locationId' };
  if (t.error) return t;
  return { data: { rooms: ROOMS.filter(function (r) {
    var id = l[0] + '/' + r[0];
    return r[1] >= (a.people || 1) && (a.equipment || []).every(function (x) { return r[2].indexOf(x) >= 0; }) && !state.bookings.some(function (b) { return b.state === 'booked' && b.roomId === id && Date.parse(b.start) < t.e && Date.parse(b.end) > t.s; });
  }).map(function (r) { return { roomId: l[0] + '/' + r[0], name: r[0], seats: r[1], equipment: r[2], floor: '3F' }; }) } };
};
tools['rooms-book'] = function (a) {
  var p = String(a.roomId || '').split('/'), l = loc(p[0]), r = ROOMS.find(function (x) { return x[0] === p[1]; }), t = span(a.interval || {});
  if (!l || !r) return { error: 'unknown roomId' };
  if (t.error) return t;
  if (a.people > r[1]) return { error: r[0] + ' has ' + r[1] + ' seats only' };
  if (state.bookings.some(function (b) { return b.state === 'booked' && b.roomId === a.roomId && Date.parse(b.start) < t.e && Date.parse(b.end) > t.s; })) return { error: 'The room is taken then.' };
  var b = { bookingId: 'rb_' + (301 + state.bookings.length), state: 'booked', locationId: l[0], roomId: a.roomId, room: r[0], seats: r[1], equipment: r[2], start: out(t.s), end: out(t.e), people: a.people, subject: a.subject || '', refreshments: a.refreshments || [] };
  state.bookings.push(b);
  return { data: { bookingId: b.bookingId, room: l[1] + ' ' + r[0], start: b.start, end: b.end, doorCode: '4711' } };
};
tools['daypass-prices'] = function (a) { return loc(a.locationId) ? { data: { open: 8900, quiet: 9900, currency: 'CNY', exponent: 2 } } : { error: 'unknown locationId' }; };
tools['daypass-buy'] = function (a) {
  var l = loc(a.locationId);
  if (!l) return { error: 'unknown locationId' };
  if (a.date < out(now()).slice(0, 10)) return { error: 'date is in the past' };
  var n = a.quantity || 1, p = { passId: 'dp_' + (801 + state.passes.length), state: 'valid', locationId: l[0], date: a.date, quantity: n, zone: a.zone || 'open', monitor: !!a.monitor, price: { value: n * (a.zone === 'quiet' ? 9900 : 8900), currency: 'CNY', exponent: 2 } };
  state.passes.push(p);
  return { data: { passId: p.passId, date: p.date, quantity: n, price: p.price } };
};
tools['bookings-cancel'] = function (a) {
  var b = state.bookings.find(function (x) { return x.bookingId === a.id; }) || state.passes.find(function (x) { return x.passId === a.id; });
  if (!b) return { error: 'nothing with the id ' + a.id };
  b.state = 'cancelled';
  return { data: { id: a.id, state: b.state } };
};
