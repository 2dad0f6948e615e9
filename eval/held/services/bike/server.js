state.rentals = [];
var S = [['olympic', 'Olympic Forest Park', '奥林匹克森林公园'], ['houhai', 'Houhai Lake', '后海'], ['zgc', 'Zhongguancun Square', '中关村广场'], ['chaoyang', 'Chaoyang Park', '朝阳公园']];
var R = { city: 8, electric: 18, tandem: 15 };
tools.get_stations = function (a) {
  var q = String(a.near || '').toLowerCase();
  var hit = S.filter(function (s) { return q && (s[1].toLowerCase().indexOf(q) >= 0 || q.indexOf(s[1].toLowerCase().split(' ')[0]) >= 0 || s[2].indexOf(q) >= 0 || q.indexOf(s[2]) >= 0); });
  return { data: { stations: (hit.length ? hit : [S[2], S[1], S[0], S[3]]).map(function (s, i) { return { id: s[0], name: s[1], bikes: 12 - i, ebikes: 5 }; }) } };
};
tools.get_rates = function (a) { return { data: { kind: a.kind, hours: a.hours, rate_yuan: R[a.kind] * a.hours } }; };
tools.rent_bikes = function (a) {
  var s = S.find(function (x) { return x[0] === a.station; }), n = a.bikes || 1;
  if (!s) return { error: 'unknown station' };
  if (!(a.hours >= 1 && a.hours <= 24)) return { error: 'hours must be 1-24' };
  if (a.start && !(Date.parse(a.start) > now() - 6e5)) return { error: 'start is past or not an ISO time' };
  var r = { rental: 'P' + (state.rentals.length + 1), station: a.station, kind: a.kind, bikes: n, hours: a.hours, start: a.start || '', helmets: a.helmets || 0, child_seat: !!a.child_seat, price_yuan: R[a.kind] * a.hours * n, state: 'reserved' };
  state.rentals.push(r);
  return { data: { rental: r.rental, station: s[1], kind: r.kind, bikes: n, hours: r.hours, start: r.start || new Date(now()).toISOString(), price_yuan: r.price_yuan, state: r.state } };
};
tools.end_rental = function (a) { var r = state.rentals.find(function (x) { return x.rental === a.rental; }); if (!r) return { error: 'no such rental' }; r.state = 'refunded'; return { data: { rental: r.rental, state: r.state } }; };
