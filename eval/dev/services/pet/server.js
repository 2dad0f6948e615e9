state.appointments = [];
var SERVICES = [['CB', '猫咪洗澡', 'Cat bath', 'cat', 'any', 98], ['CG', '猫咪洗剪护理', 'Cat full groom', 'cat', 'any', 188], ['DSB', '小型犬洗澡', 'Small dog bath', 'dog', 'small', 88], ['DLB', '大型犬洗澡', 'Large dog bath', 'dog', 'large', 168],
  ['DSG', '小型犬造型', 'Small dog haircut', 'dog', 'small', 198], ['DLG', '大型犬造型', 'Large dog haircut', 'dog', 'large', 358], ['NC', '剪指甲', 'Nail trim', 'any', 'any', 30]];
var SLOTS = ['10:00', '11:30', '13:30', '15:00', '16:30', '18:00'];
tools.list_services = function (a) { return { data: { services: SERVICES.filter(function (s) { return !a.species || s[3] === a.species || s[3] === 'any'; }).map(function (s) { return { service_code: s[0], name: s[1], name_en: s[2], species: s[3], size: s[4], price: s[5] }; }) } }; };
function free(d) {
  var today = new Date(now() + 8 * 36e5).toISOString();
  if (d < today.slice(0, 10)) return [];
  return SLOTS.filter(function (t, i) { return !(d === today.slice(0, 10) && t <= today.slice(11, 16)) && !state.appointments.some(function (x) { return x.date === d && x.time === t && x.status === 'booked'; }); });
}
tools.list_times = function (a) { return { data: { times: free(a.date).map(function (t, i) { return { time: t, groomer: i % 2 ? '小鹿' : '阿橘' }; }) } }; };
tools.make_appointment = function (a) {
  var s = SERVICES.find(function (x) { return x[0] === a.service_code; });
  if (!s) return { error: '没有该项目 / no such service' };
  if (s[3] !== 'any' && s[3] !== a.pet.species) return { error: '该项目不适合这种宠物 / not for this kind of pet' };
  if (free(a.date).indexOf(a.time) < 0) return { error: '该时间不可约 / that time is not free' };
  var p = { appointment_id: 'PP' + (1 + state.appointments.length), service_code: s[0], name: s[1], date: a.date, time: a.time, start: a.date + ' ' + a.time, pet: a.pet, pickup: !!a.pickup, price: s[5], status: 'booked' };
  state.appointments.push(p);
  return { data: { appointment_id: p.appointment_id, name: p.name, start: p.start, price: p.price, status: p.status } };
};
tools.cancel_appointment = function (a) {
  var p = state.appointments.find(function (x) { return x.appointment_id === a.appointment_id; });
  if (!p) return { error: '没有该预约 / no such appointment' };
  p.status = 'cancelled';
  return { data: { appointment_id: p.appointment_id, status: p.status } };
};
