state.rentals = {};
var BIKES = [
  { bike_id: 'CT26', label: 'City bike 城市通勤车', kind: 'city', daily_price: 30, in_stock: 20 },
  { bike_id: 'RD700', label: 'Road bike 公路车', kind: 'road', daily_price: 80, in_stock: 6 },
  { bike_id: 'MT29', label: 'Mountain bike 山地车', kind: 'mountain', daily_price: 70, in_stock: 8 },
  { bike_id: 'EB20', label: 'E-bike 电助力车', kind: 'electric', daily_price: 100, in_stock: 5 },
  { bike_id: 'TD2', label: 'Tandem for two 双人自行车', kind: 'tandem', daily_price: 90, in_stock: 4 },
  { bike_id: 'KD16', label: 'Kids bike 16" 儿童车', kind: 'kids', daily_price: 25, in_stock: 6 }
];
tools.list_bikes = function (a) {
  return { data: { result: BIKES.filter(function (b) { return !a.kind || b.kind === a.kind; }) } };
};
tools.rent_bike = function (a) {
  var b = BIKES.filter(function (x) { return x.bike_id === a.bike_id; })[0];
  if (!b) return { error: "Error executing tool rent_bike: unknown bike_id '" + a.bike_id + "'" };
  if (!/^\d{4}-\d\d-\d\d$/.test(a.start_date || '')) return { error: 'Error executing tool rent_bike: start_date must be YYYY-MM-DD' };
  var t = Date.parse(a.start_date + 'T23:59:00+08:00');
  if (t < now()) return { error: 'Error executing tool rent_bike: start_date is in the past' };
  var days = a.days || 1, n = a.quantity || 1, h = a.helmets || 0;
  if (n > b.in_stock) return { error: 'Error executing tool rent_bike: only ' + b.in_stock + ' in stock' };
  var id = 'R' + (310 + Object.keys(state.rentals).length);
  var back = new Date(Date.parse(a.start_date + 'T00:00:00Z') + (days - 1) * 86400000).toISOString().slice(0, 10);
  state.rentals[id] = { rental_id: id, bike_id: b.bike_id, label: b.label, start_date: a.start_date, days: days, quantity: n, helmets: h, pickup_point: a.pickup_point || 'north_gate', renter_name: a.renter_name, renter_phone: a.renter_phone, total: b.daily_price * days * n + 10 * h, state: 'booked' };
  return { data: { rental_id: id, label: b.label, start_date: a.start_date, return_date: back, total: state.rentals[id].total, state: 'booked' } };
};
tools.cancel_rental = function (a) {
  var r = state.rentals[a.rental_id];
  if (!r) return { error: "Error executing tool cancel_rental: unknown rental_id '" + a.rental_id + "'" };
  r.state = 'cancelled';
  return { data: { result: 'Rental ' + a.rental_id + ' cancelled, the rent is refunded.' } };
};
