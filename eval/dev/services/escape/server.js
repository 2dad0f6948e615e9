state.holds = {}; state.bookings = []; state.seq = 0;
const ROOMS = [
  { room_id: 101, title: "The Clockmaker's Attic", title_zh: '钟表匠的阁楼', difficulty: 2, scare: 'none', players_min: 2, players_max: 6, minutes: 60, kids_ok: true, fen: 12800, shut: 20000 },
  { room_id: 102, title: 'Midnight Ward', title_zh: '午夜病房', difficulty: 4, scare: 'strong', players_min: 4, players_max: 8, minutes: 90, kids_ok: false, fen: 18800, shut: 40000 },
  { room_id: 103, title: 'The Dunhuang Code', title_zh: '敦煌密码', difficulty: 3, scare: 'none', players_min: 3, players_max: 6, minutes: 90, kids_ok: false, fen: 16800, shut: 30000 },
  { room_id: 104, title: 'Submarine 1943', title_zh: '潜艇1943', difficulty: 5, scare: 'mild', players_min: 4, players_max: 6, minutes: 100, kids_ok: false, fen: 17800, shut: 30000 },
  { room_id: 105, title: 'Toy Factory', title_zh: '玩具工厂', difficulty: 1, scare: 'none', players_min: 2, players_max: 6, minutes: 60, kids_ok: true, fen: 9800, shut: 20000 }
];
const CLOCK = ['10:30', '13:00', '15:00', '17:30', '19:30', '21:30'];
// places already sold at the counter
const SOLD = { '102 2026-11-28 17:30': 8, '102 2026-11-28 19:30': 8, '103 2026-11-27 19:30': 4, '101 2026-11-29 13:00': 3 };
const EXTRA = { PHOTO: 3000, COSTUME: 2000, ACTOR: 15000 };
const local = (ms) => new Date(ms + 8 * 36e5).toISOString().slice(0, 16).replace('T', ' ');
const weekend = (s) => [0, 6].includes(new Date(Date.parse(s.slice(0, 10) + 'T00:00:00Z')).getUTCDay());
function session(id) {
  const m = /^ses_(\d{3})_(\d+)$/.exec(id || '');
  if (!m) return null;
  const room = ROOMS.find((r) => r.room_id === Number(m[1])), ts = Number(m[2]) * 300, when = local(ts * 1000);
  if (!room || !CLOCK.includes(when.slice(11))) return null;
  const live = state.bookings.filter((b) => b.session_id === id && b.state === 'booked');
  const sold = (SOLD[room.room_id + ' ' + when] || 0) + live.reduce((n, b) => n + (b.group === 'private' ? 99 : b.players), 0);
  return { room, ts, when, left: Math.max(0, room.players_max - sold), alone: sold === 0, price: room.fen + (weekend(when) ? 3000 : 0) };
}
tools.list_rooms = () => ({ data: { rooms: ROOMS.map(({ fen, shut, ...r }) => r) } });
tools.find_sessions = (a) => {
  if (!ROOMS.some((r) => r.room_id === a.room_id)) return { error: 'room_not_found' };
  if (a.to_ts < a.from_ts) return { error: 'invalid_range: to_ts before from_ts' };
  if (a.to_ts - a.from_ts > 7 * 86400) return { error: 'invalid_range: more than 7 days' };
  const all = [];
  for (let d = Math.floor((a.from_ts + 28800) / 86400); d <= Math.floor((a.to_ts + 28800) / 86400); d++) {
    for (const c of CLOCK) {
      const ts = d * 86400 - 28800 + Number(c.slice(0, 2)) * 3600 + Number(c.slice(3)) * 60;
      if (ts < a.from_ts || ts > a.to_ts || ts * 1000 < now() + 1800e3) continue;
      const id = 'ses_' + a.room_id + '_' + ts / 300, s = session(id);
      all.push({ session_id: id, start_ts: ts, places_left: s.left, price_per_player: s.price, private_fee: s.alone ? s.room.shut : null });
    }
  }
  const at = a.cursor ? Number(a.cursor.replace('c', '')) : 0;
  return { data: { sessions: all.slice(at, at + 4), next_cursor: at + 4 < all.length ? 'c' + (at + 4) : null } };
};
tools.hold_session = (a) => {
  const s = session(a.session_id), group = a.group || 'shared';
  if (!s) return { error: 'session_not_found' };
  if (a.players > s.room.players_max) return { error: 'too_many_players: at most ' + s.room.players_max };
  if (a.players < s.room.players_min && group === 'private') return { error: 'too_few_players: private groups need at least ' + s.room.players_min };
  if (a.players > s.left) return { error: 'sold_out: ' + s.left + ' places left' };
  if (group === 'private' && !s.alone) return { error: 'private_unavailable: other guests have booked this session' };
  for (const k of Object.keys(state.holds)) if (state.holds[k].session_id === a.session_id) delete state.holds[k];
  const hold = 'hd' + (++state.seq) + 'x' + (7919 * state.seq % 1000);
  const base = s.price * a.players + (group === 'private' ? s.room.shut : 0);
  state.holds[hold] = { session_id: a.session_id, room_id: s.room.room_id, room: s.room.title, start_ts: s.ts, players: a.players, group, extras: [], base, total: base };
  return { data: { hold, total: base, expires_ts: Math.floor(now() / 1000) + 600 } };
};
tools.set_extras = (a) => {
  const h = state.holds[a.hold];
  if (!h) return { error: 'hold_expired' };
  if (h.room_id === 105 && a.extras.some((e) => e.code === 'ACTOR')) return { error: 'extra_unavailable: ACTOR' };
  h.extras = a.extras.map((e) => ({ code: e.code, qty: e.qty || 1 }));
  h.total = h.base + h.extras.reduce((n, e) => n + EXTRA[e.code] * e.qty, 0);
  return { data: { hold: a.hold, total: h.total } };
};
tools.confirm_hold = (a) => {
  const h = state.holds[a.hold];
  if (!h) return { error: 'hold_expired' };
  if (!a.lead || !a.lead.full_name || !/\d{11}$/.test(a.lead.mobile || '')) return { error: 'lead_invalid' };
  const { base, ...kept } = h;
  const b = { booking_code: 'LK' + (4400 + state.bookings.length), state: 'booked', lead: { full_name: a.lead.full_name, mobile: a.lead.mobile }, ...kept };
  delete state.holds[a.hold];
  state.bookings.push(b);
  return { data: { booking_code: b.booking_code, state: b.state, total: b.total } };
};
tools.cancel_booking = (a) => {
  const b = state.bookings.find((x) => x.booking_code === a.booking_code);
  if (!b) return { error: 'booking_not_found' };
  if (b.start_ts * 1000 < now() + 3 * 36e5) return { error: 'too_late' };
  b.state = 'cancelled';
  return { data: { booking_code: b.booking_code, state: b.state, refunded: b.total } };
};
