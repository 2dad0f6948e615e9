state.holds = {}; state.appointments = [];
var D = { D07: { name: '王敏 Dr. Wang Min', days: [1, 2, 3, 4, 5] }, D09: { name: '李涛 Dr. Li Tao', days: [2, 3, 4, 5, 6] }, D12: { name: '金世娜 Dr. Sena Kim', days: [3, 4, 5, 6, 0] } };
var T = [
  ['TR-EXAM', '口腔检查', 'Check-up', 30, 8000, 0, ['D07', 'D09', 'D12']],
  ['TR-SCALE', '洗牙', 'Scaling and polishing', 45, 38000, 5000, ['D07', 'D09', 'D12']],
  ['TR-FILL', '补牙', 'Filling', 60, 52000, 5000, ['D07', 'D09']],
  ['TR-WISDOM', '拔智齿', 'Wisdom tooth removal', 60, 120000, 20000, ['D09']],
  ['TR-WHITE', '牙齿美白', 'Whitening', 90, 198000, 30000, ['D12']],
  ['TR-ORTHO', '矫正咨询', 'Orthodontic consultation', 30, 20000, 0, ['D07']]
];
var HOURS = ['09:00', '10:00', '11:00', '13:30', '14:30', '15:30', '16:30', '18:00'];
var BUSY = ['D09 2026-11-28 10:00', 'D12 2026-11-28 10:00', 'D07 2026-11-25 09:00'];
function treat(code) { return T.filter(function (t) { return t[0] === code; })[0]; }
function ref(id) { return { dentist_id: id, name: D[id].name }; }
function taken(id, date, h) {
  return BUSY.indexOf(id + ' ' + date + ' ' + h) >= 0 || state.appointments.some(function (x) { return x.dentist_id === id && x.start === date + 'T' + h + ':00+08:00' && x.status === 'booked'; });
}
tools.list_treatments = function () {
  return { data: { treatments: T.map(function (t) { return { code: t[0], name_zh: t[1], name_en: t[2], minutes: t[3], fee_cents: t[4], deposit_cents: t[5], dentists: t[6].map(ref) }; }) } };
};
tools.find_slots = function (a) {
  var t = treat(a.treatment_code);
  if (!t) return { error: 'unknown treatment_code ' + a.treatment_code };
  var dow = new Date(a.on_date + 'T00:00:00Z').getUTCDay(), all = [];
  HOURS.forEach(function (h) {
    t[6].forEach(function (id) {
      var start = a.on_date + 'T' + h + ':00+08:00';
      if ((a.dentist_id && a.dentist_id !== id) || (a.not_before && h < a.not_before) || D[id].days.indexOf(dow) < 0 || taken(id, a.on_date, h) || Date.parse(start) < now()) return;
      all.push({ slot_token: [t[0], id, a.on_date.replace(/-/g, ''), h.replace(':', '')].join('~'), start: start, dentist: ref(id) });
    });
  });
  var from = a.cursor ? parseInt(a.cursor.slice(4), 10) : 0;
  return { data: { slots: all.slice(from, from + 4), next_cursor: from + 4 < all.length ? 'off:' + (from + 4) : null } };
};
tools.hold_slot = function (a) {
  var p = String(a.slot_token).split('~'), t = treat(p[0]);
  if (!t || !D[p[1]] || !p[3]) return { error: 'invalid slot_token' };
  var date = p[2].slice(0, 4) + '-' + p[2].slice(4, 6) + '-' + p[2].slice(6), h = p[3].slice(0, 2) + ':' + p[3].slice(2);
  if (taken(p[1], date, h)) return { error: 'slot is no longer free' };
  var id = 'hold_' + (Object.keys(state.holds).length + 1);
  state.holds[id] = { treatment: t[0], dentist_id: p[1], start: date + 'T' + h + ':00+08:00', until: now() + 300000 };
  return { data: { hold_ref: id, expires_in_seconds: 300, deposit_cents: t[5] } };
};
tools.confirm_appointment = function (a) {
  var h = state.holds[a.hold_ref];
  if (!h || h.used || h.until < now()) return { error: 'the hold has expired, hold the slot again' };
  var p = a.patient || {};
  if (!p.full_name || !p.mobile) return { error: 'patient: full_name and mobile are required' };
  h.used = true;
  var t = treat(h.treatment);
  var x = { appointment_id: 'AP' + (77001 + state.appointments.length), treatment_code: t[0], treatment: t[1], dentist_id: h.dentist_id, dentist_name: D[h.dentist_id].name, start: h.start, patient: { full_name: p.full_name, mobile: p.mobile, relationship: p.relationship || 'self' }, remark: a.remark || '', deposit_cents: t[5], status: 'booked' };
  state.appointments.push(x);
  return { data: { appointment_id: x.appointment_id, start: x.start, dentist_name: x.dentist_name, deposit_cents: x.deposit_cents, status: x.status } };
};
tools.cancel_appointment = function (a) {
  var x = state.appointments.filter(function (y) { return y.appointment_id === a.appointment_id; })[0];
  if (!x) return { error: 'no such appointment' };
  x.status = 'cancelled';
  return { data: { appointment_id: x.appointment_id, status: x.status } };
};
