state.quotes = {}; state.bookings = [];
var BRANCHES = [
  ['BJ-ZGC', 'Beijing Zhongguancun', '北京中关村店', 'Beijing', ['zhongguancun', '中关村', '中關村', 'haidian', '海淀']],
  ['BJ-PEK', 'Beijing Capital Airport T3', '北京首都机场T3店', 'Beijing', ['capital airport', '首都机场', 'pek', 't3', 'beijing capital']],
  ['BJ-PKX', 'Beijing Daxing Airport', '北京大兴机场店', 'Beijing', ['daxing', '大兴', 'pkx']],
  ['BJ-SOU', 'Beijing South Railway Station', '北京南站店', 'Beijing', ['beijing south', '北京南站', '南站', 'south railway', 'south station']],
  ['SH-SHA', 'Shanghai Hongqiao', '上海虹桥店', 'Shanghai', ['hongqiao', '虹桥', 'sha']],
  ['SH-PVG', 'Shanghai Pudong Airport', '上海浦东机场店', 'Shanghai', ['pudong', '浦东', 'pvg']],
  ['SY-SYX', 'Sanya Phoenix Airport', '三亚凤凰机场店', 'Sanya', ['sanya', '三亚', 'phoenix', '凤凰', 'syx']],
  ['CD-TFU', 'Chengdu Tianfu Airport', '成都天府机场店', 'Chengdu', ['chengdu', '成都', 'tianfu', '天府', 'tfu']]];
var CITY = { beijing: '北京', shanghai: '上海', sanya: '三亚', chengdu: '成都' };
var CARS = [
  ['polo', 'Volkswagen Polo', '大众Polo', 'economy', 'automatic', 'petrol', 5, 158], ['vios', 'Toyota Vios', '丰田威驰', 'economy', 'manual', 'petrol', 5, 138],
  ['sylphy', 'Nissan Sylphy', '日产轩逸', 'compact', 'automatic', 'petrol', 5, 188], ['model3', 'Tesla Model 3', '特斯拉Model 3', 'compact', 'automatic', 'electric', 5, 298],
  ['rav4', 'Toyota RAV4', '丰田RAV4荣放', 'suv', 'automatic', 'petrol', 5, 328], ['crv', 'Honda CR-V', '本田CR-V', 'suv', 'automatic', 'petrol', 5, 318],
  ['modely', 'Tesla Model Y', '特斯拉Model Y', 'suv', 'automatic', 'electric', 5, 398], ['gl8', 'Buick GL8', '别克GL8', 'mpv', 'automatic', 'petrol', 7, 498],
  ['bmw5', 'BMW 5 Series', '宝马5系', 'luxury', 'automatic', 'petrol', 5, 698]];
function local(ms) { return new Date(ms + 8 * 36e5).toISOString().slice(0, 19) + '+08:00'; }
function when(t) { t = String(t || '').trim().replace(' ', 'T'); if (/T\d\d:\d\d$/.test(t)) t += ':00'; return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(t) ? t : t + '+08:00'); }
function branch(id) { return BRANCHES.find(function (b) { return b[0] === id; }); }
function car(id) { return CARS.find(function (c) { return c[0] === id; }); }
function period(a) {
  var p = when(a.pickup_at), d = when(a.dropoff_at);
  if (isNaN(p) || isNaN(d)) return { error: 'pickup_at and dropoff_at must be ISO 8601 date-times.' };
  if (p < now()) return { error: 'pickup_at is in the past.' };
  if (d <= p) return { error: 'dropoff_at must be after pickup_at.' };
  return { p: p, d: d, days: Math.max(1, Math.ceil((d - p) / 864e5)) };
}
tools.find_branches = function (a) {
  var q = String(a.query || '').toLowerCase().trim();
  var hits = BRANCHES.filter(function (b) { return b[4].some(function (w) { return q.indexOf(w) >= 0 || q.length > 1 && w.indexOf(q) >= 0; }); });
  if (!hits.length) hits = BRANCHES.filter(function (b) { var c = b[3].toLowerCase(); return q.indexOf(c) >= 0 || q.indexOf(CITY[c]) >= 0; });
  return { data: { result: hits.map(function (b) { return { branch_id: b[0], name: b[1], name_local: b[2], city: b[3], opens: '07:00-22:00' }; }) } };
};
tools.search_cars = function (a) {
  var b = branch(a.branch_id), t = period(a), f = a.filters || {};
  if (!b) return { error: 'Unknown branch_id ' + a.branch_id + '. Use find_branches.' };
  if (t.error) return t;
  return { data: { result: CARS.filter(function (c) {
    return (!f.car_class || c[3] === f.car_class) && (!f.transmission || c[4] === f.transmission) && (!f.energy || c[5] === f.energy) && (!f.min_seats || c[6] >= f.min_seats) && (!f.max_daily_rate || c[7] <= f.max_daily_rate);
  }).map(function (c) { return { car_id: b[0] + ':' + c[0], model: c[1], model_local: c[2], car_class: c[3], transmission: c[4], energy: c[5], seats: c[6], daily_rate: c[7], currency: 'CNY', available: true }; }) } };
};
tools.quote_rental = function (a) {
  var b = branch(a.branch_id), r = a.return_branch_id ? branch(a.return_branch_id) : b, id = String(a.car_id || '').split(':'), c = car(id[1]), t = period(a), x = a.extras || {};
  if (!b || !r) return { error: 'Unknown branch. Use find_branches.' };
  if (!c || id[0] !== a.branch_id) return { error: 'That car is not at branch ' + a.branch_id + '. Use search_cars.' };
  if (t.error) return t;
  if (r[3] !== b[3]) return { error: 'One-way rentals are possible within a city only.' };
  var seats = x.child_seats || 0, more = x.additional_drivers || 0, lines = [{ item: c[1] + ' x ' + t.days + ' day(s)', amount: c[7] * t.days }];
  if (x.insurance === 'full') lines.push({ item: 'Full insurance', amount: 60 * t.days });
  if (seats) lines.push({ item: 'Child seat', amount: 40 * seats });
  if (more) lines.push({ item: 'Additional driver', amount: 30 * more });
  if (r !== b) lines.push({ item: 'One-way fee', amount: 80 });
  var q = { quote_id: 'Q-' + (1001 + Object.keys(state.quotes).length), branch_id: b[0], return_branch_id: r[0], car: c[0], model: c[1], car_class: c[3], transmission: c[4], energy: c[5], pickup_at: local(t.p), dropoff_at: local(t.d), days: t.days,
    insurance: x.insurance || 'basic', child_seats: seats, additional_drivers: more, lines: lines, total: lines.reduce(function (n, l) { return n + l.amount; }, 0), currency: 'CNY' };
  state.quotes[q.quote_id] = q;
  return { data: { quote_id: q.quote_id, model: q.model, days: q.days, lines: lines, total: q.total, currency: 'CNY', valid_until: local(now() + 9e5) } };
};
tools.book_rental = function (a) {
  var q = state.quotes[a.quote_id], d = a.driver || {};
  if (!q) return { error: 'Quote ' + a.quote_id + ' was not found or has expired.' };
  if (!d.full_name || !d.mobile) return { error: 'driver.full_name and driver.mobile are required.' };
  var k = Object.assign({ booking_ref: 'DR' + (5501 + state.bookings.length), status: 'confirmed', driver: { full_name: d.full_name, mobile: d.mobile, license_no: d.license_no || null } }, q);
  delete state.quotes[a.quote_id];
  state.bookings.push(k);
  return { data: { booking_ref: k.booking_ref, status: k.status, model: k.model, pickup_at: k.pickup_at, dropoff_at: k.dropoff_at, total: k.total, currency: k.currency } };
};
tools.cancel_rental = function (a) {
  var k = state.bookings.find(function (x) { return x.booking_ref === a.booking_ref; });
  if (!k) return { error: 'No booking ' + a.booking_ref + '.' };
  k.status = 'cancelled';
  return { data: { booking_ref: k.booking_ref, status: 'cancelled', refunded: k.total } };
};
