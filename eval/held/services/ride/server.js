state.rides = [];
var P = [['pl-zgc', '中关村', 'Zhongguancun', 0, 0], ['pl-t3', '首都国际机场T3航站楼', 'Capital Airport Terminal 3', 26, 12], ['pl-dx', '大兴国际机场', 'Daxing Airport', 10, -52], ['pl-bxz', '北京西站', 'Beijing West Railway Station', 2, -11], ['pl-nz', '北京南站', 'Beijing South Railway Station', 8, -14], ['pl-gm', '国贸', 'Guomao', 15, -8], ['pl-sl', '三里屯', 'Sanlitun', 14, -5], ['pl-wj', '望京街9号 公司', 'Wangjing Street 9, office', 16, 3], ['pl-sz', '苏州街33号院 家', 'Suzhou Street 33, home', -1, 0], ['pl-xh', '协和医院', 'Union Hospital', 12, -8], ['pl-yh', '颐和园', 'Summer Palace', -6, 3], ['pl-gg', '故宫', 'Forbidden City', 9, -7], ['pl-tt', '天坛公园', 'Temple of Heaven', 10, -12]];
var C = [['economy', 1, 2.3], ['comfort', 1.3, 3], ['business', 1.9, 4.2], ['xl', 1.7, 3.8]];
function place(id) { return P.find(function (p) { return p[0] === id; }); }
function fits(p, q) { return [p[1], p[2]].some(function (w) { w = w.toLowerCase(); return w.indexOf(q) >= 0 || q.indexOf(w) >= 0; }) || p[1].split(/[街号 ]/).some(function (w) { return w.length > 1 && q.indexOf(w) >= 0; }) || (q.indexOf('airport') >= 0 || q === '机场') && /机场/.test(p[1]); }
tools.place_search = function (a) { var q = String(a.keyword || '').toLowerCase().trim(); return { data: { places: P.filter(function (p) { return fits(p, q); }).map(function (p) { return { place_id: p[0], name: p[1], name_en: p[2] }; }) } }; };
tools.ride_quote = function (a) {
  var f = place(a.from_place_id), t = place(a.to_place_id);
  if (!f || !t) return { error: 'unknown place_id / 地点不存在' };
  if (f === t) return { error: 'pickup and destination are the same / 起终点相同' };
  var km = Math.sqrt(Math.pow(f[3] - t[3], 2) + Math.pow(f[4] - t[4], 2));
  return { data: { quotes: C.map(function (c, i) { return { quote_id: [f[0], t[0], c[0], a.depart_at || 'now'].join('~'), car_class: c[0], fare: { value: Math.round((13 + km * c[2]) * 10) / 10, currency: 'CNY' }, eta_min: 4 + i }; }) } };
};
tools.ride_create = function (a) {
  var q = String(a.quote_id).split('~'), f = place(q[0]), t = place(q[1]), c = C.find(function (x) { return x[0] === q[2]; });
  if (!f || !t || !c) return { error: 'unknown quote_id / 报价不存在' };
  if (a.passenger_count > (q[2] === 'xl' ? 6 : 4)) return { error: 'too many passengers for this class / 人数超过该车型' };
  var km = Math.sqrt(Math.pow(f[3] - t[3], 2) + Math.pow(f[4] - t[4], 2));
  var r = { ride_id: 'R' + (state.rides.length + 1), from_id: f[0], to_id: t[0], from: f[1], to: t[1], car_class: c[0], fare: { value: Math.round((13 + km * c[2]) * 10) / 10, currency: 'CNY' }, depart_at: q[3] === 'now' ? '' : q[3], passenger_count: a.passenger_count || 1, note: a.note || '', status: 'booked' };
  state.rides.push(r);
  return { data: { ride_id: r.ride_id, from: r.from, to: r.to, car_class: r.car_class, fare: r.fare, depart_at: r.depart_at || new Date(now()).toISOString(), status: r.status } };
};
tools.ride_cancel = function (a) { var r = state.rides.find(function (x) { return x.ride_id === a.ride_id; }); if (!r) return { error: 'no such ride' }; r.status = 'cancelled'; return { data: { ride_id: r.ride_id, status: r.status } }; };
tools.ride_status = function (a) { var r = a.ride_id ? state.rides.find(function (x) { return x.ride_id === a.ride_id; }) : state.rides[state.rides.length - 1]; if (!r) return { error: 'no ride' }; return { data: { ride_id: r.ride_id, status: r.status, driver: '刘师傅', eta_min: 5 } }; };
