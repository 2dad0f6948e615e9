state.reservations = [];
var R = [
  { id: 'r_1001', name: '鼎湘小馆', nameEn: "Ding's Dumpling House", cuisine: 'jiangzhe', neighborhood: '中关村', perPerson: 120, rooms: true },
  { id: 'r_1002', name: '川流', nameEn: 'Chuan Flow', cuisine: 'sichuan', neighborhood: '望京', perPerson: 110, rooms: false },
  { id: 'r_1003', name: '维托意餐', nameEn: 'Trattoria Vento', cuisine: 'italian', neighborhood: '三里屯', perPerson: 260, rooms: false },
  { id: 'r_1004', name: '松寿司', nameEn: 'Matsu Sushi', cuisine: 'japanese', neighborhood: '国贸', perPerson: 380, rooms: true },
  { id: 'r_1005', name: '聚福烤鸭', nameEn: 'Jufu Roast Duck', cuisine: 'beijing', neighborhood: '前门', perPerson: 180, rooms: true },
  { id: 'r_1006', name: '云上素食', nameEn: 'Cloud Vegetarian', cuisine: 'vegetarian', neighborhood: '中关村', perPerson: 130, rooms: false },
  { id: 'r_1007', name: '老灶火锅', nameEn: 'Laozao Hotpot', cuisine: 'hotpot', neighborhood: '中关村', perPerson: 140, rooms: false }
];
var TIMES = ['11:00', '11:30', '12:00', '12:30', '13:00', '17:00', '17:30', '18:00', '18:30', '19:00', '19:30', '20:00', '20:30'];
// full houses
var FULL = { 'r_1005 2026-11-28': ['18:00', '18:30', '19:00'], 'r_1003 2026-11-27': ['19:00', '19:30'] };
function rest(id) { return R.filter(function (r) { return r.id === id; })[0]; }
function free(r, date) { return TIMES.filter(function (t) { return (FULL[r.id + ' ' + date] || []).indexOf(t) < 0; }); }
function seats(r) { return r.rooms ? ['hall', 'window', 'private_room'] : ['hall', 'window']; }
function check(r, dt, seating) {
  var m = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})/.exec(dt || '');
  if (!m) return 'dateTime must look like 2026-11-25T18:30';
  if (Date.parse(m[1] + 'T' + m[2] + ':00+08:00') < now()) return 'That time has passed.';
  if (free(r, m[1]).indexOf(m[2]) < 0) return r.name + ' has no table at ' + m[2] + ' on ' + m[1] + '. Free times: ' + free(r, m[1]).join(', ');
  if (seating && seats(r).indexOf(seating) < 0) return r.name + ' has no private rooms.';
  return '';
}
tools.searchRestaurants = function (a) {
  var q = (a.query || '').toLowerCase().replace(/\s/g, '');
  var hit = R.filter(function (r) {
    var n = (r.name + r.nameEn).toLowerCase().replace(/\s/g, '');
    return (!q || n.indexOf(q) >= 0 || q.indexOf(r.name) >= 0) && (!a.cuisine || r.cuisine === a.cuisine) && (!a.neighborhood || r.neighborhood.indexOf(a.neighborhood) >= 0 || a.neighborhood.indexOf(r.neighborhood) >= 0) && (!a.maxPerPerson || r.perPerson <= a.maxPerPerson);
  });
  return { data: { count: hit.length, restaurants: hit.map(function (r) { return { id: r.id, name: r.name, nameEn: r.nameEn, cuisine: r.cuisine, neighborhood: r.neighborhood, perPerson: r.perPerson }; }) } };
};
tools.checkAvailability = function (a) {
  var r = rest(a.restaurantId);
  if (!r) return { error: 'Unknown restaurant ' + a.restaurantId };
  return { data: { restaurantId: r.id, date: a.date, slots: free(r, a.date).map(function (t) { return { time: t, seating: seats(r) }; }) } };
};
tools.makeReservation = function (a) {
  var r = rest(a.restaurantId);
  if (!r) return { error: 'Unknown restaurant ' + a.restaurantId };
  var e = check(r, a.dateTime, a.seating);
  if (e) return { error: e };
  var x = { reservationId: 'RSV-' + (4201 + state.reservations.length), restaurantId: r.id, restaurant: r.name, dateTime: a.dateTime.slice(0, 16).replace(' ', 'T'), partySize: a.partySize, seating: a.seating || 'hall', guestName: a.guestName, guestPhone: a.guestPhone, specialRequests: a.specialRequests || '', status: 'CONFIRMED' };
  state.reservations.push(x);
  return { data: { reservationId: x.reservationId, restaurant: x.restaurant, dateTime: x.dateTime, partySize: x.partySize, status: x.status } };
};
function mine(id) { return state.reservations.filter(function (x) { return x.reservationId === id; })[0]; }
tools.modifyReservation = function (a) {
  var x = mine(a.reservationId);
  if (!x || x.status !== 'CONFIRMED') return { error: 'No such reservation.' };
  if (a.dateTime || a.seating) {
    var e = check(rest(x.restaurantId), a.dateTime || x.dateTime, a.seating);
    if (e) return { error: e };
  }
  if (a.dateTime) x.dateTime = a.dateTime.slice(0, 16).replace(' ', 'T');
  if (a.partySize) x.partySize = a.partySize;
  if (a.seating) x.seating = a.seating;
  return { data: { reservationId: x.reservationId, restaurant: x.restaurant, dateTime: x.dateTime, partySize: x.partySize, status: x.status } };
};
tools.cancelReservation = function (a) {
  var x = mine(a.reservationId);
  if (!x) return { error: 'No such reservation.' };
  x.status = 'CANCELLED';
  return { data: { reservationId: x.reservationId, status: x.status } };
};
