state.bookings = [];
var KINDS = [['yoga', 'Morning Flow Yoga', 'Mia', 420, 60], ['spinning', 'Power Spin', 'Leo', 480, 45], ['pilates', 'Core Pilates', 'Anna', 720, 50], ['boxing', 'Boxing Basics', 'Leo', 1080, 60], ['hiit', 'HIIT Burn', 'Kai', 1110, 40], ['yoga', 'Candlelight Yoga', 'Mia', 1170, 75], ['swimming', 'Lane Swim Coaching', 'Jun', 1200, 60]];
function day(off) { return new Date(now() + 8 * 36e5 + off * 864e5).toISOString().slice(0, 10); }
function all() {
  var out = [];
  for (var d = 0; d < 7; d++) KINDS.forEach(function (k, i) {
    var id = day(d).replace(/-/g, '') + '-' + i, at = day(d) + 'T' + String(Math.floor(k[3] / 60)).padStart(2, '0') + ':' + String(k[3] % 60).padStart(2, '0') + ':00+08:00';
    if (Date.parse(at) < now()) return;
    var taken = state.bookings.filter(function (b) { return b.class_id === id && b.status === 'booked'; }).reduce(function (n, b) { return n + b.places; }, 0);
    out.push({ class_id: id, discipline: k[0], title: k[1], coach: k[2], starts_at: at, minutes: k[4], spots_left: Math.max(0, (i === 4 && d === 0 ? 0 : 8) - taken), price: 0 });
  });
  return out;
}
tools.list_classes = function (a) {
  return { data: { classes: all().filter(function (c) { return (!a.date || c.starts_at.slice(0, 10) === a.date) && (!a.discipline || c.discipline.indexOf(String(a.discipline).toLowerCase()) >= 0 || String(a.discipline).toLowerCase().indexOf(c.discipline) >= 0) && (!a.coach || c.coach.toLowerCase() === String(a.coach).toLowerCase()); }) } };
};
tools.book_class = function (a) {
  var c = all().find(function (x) { return x.class_id === a.class_id; }), n = a.places || 1;
  if (!c) return { error: 'There is no such class, list the classes first.' };
  if (c.spots_left < n && !a.waitlist) return { error: 'The class is full. The waitlist is open.' };
  var b = { booking_id: 'PB' + (1 + state.bookings.length), class_id: c.class_id, discipline: c.discipline, title: c.title, coach: c.coach, starts_at: c.starts_at, places: n, mat: !!a.mat, amount_due: 0, status: c.spots_left < n ? 'waitlisted' : 'booked' };
  state.bookings.push(b);
  return { data: { booking_id: b.booking_id, title: b.title, starts_at: b.starts_at, places: n, amount_due: 0, status: b.status } };
};
tools.cancel_booking = function (a) {
  var b = state.bookings.find(function (x) { return x.booking_id === a.booking_id; });
  if (!b) return { error: 'No such booking.' };
  b.status = 'cancelled';
  return { data: { booking_id: b.booking_id, status: b.status } };
};
