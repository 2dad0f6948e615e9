const MS = [['m1', '故宫博物院', 'Palace Museum (Forbidden City)', 1, 6000], ['m2', '中国国家博物馆', 'National Museum of China', 1, 0], ['m3', '自然博物馆', 'Natural History Museum', 1, 1000], ['m4', '天文馆', 'Beijing Planetarium', 2, 4500], ['m5', '首都博物馆', 'Capital Museum', 1, 0]];
const WD = ['周日', '周一', '周二'];
const PER = [['上午 morning', '08:30', '12:00'], ['下午 afternoon', '13:00', '16:30']];
const HALF = { ADULT: 1, CHILD: 0.5, STUDENT: 0.5, SENIOR: 0 };
const ok = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent });
const fail = (text) => ({ isError: true, content: [{ type: 'text', text }] });
const day = (d) => new Date(`${d}T12:00:00+08:00`).getUTCDay();
const load = () => my.getStorageSync({ key: 'mp_passes' }).data || {};
export const listMuseums = (async ({ keyword } = {}) => {
  const k = String(keyword || '').toLowerCase();
  const hit = MS.filter((m) => !k || m[1].includes(k) || k.includes(m[1]) || k.includes(m[1].slice(0, 2)) || m[2].toLowerCase().includes(k) || k.includes(m[2].toLowerCase().split(' (')[0]));
  return ok(`${hit.length} 个馆`, { museums: hit.map((m) => ({ museumId: m[0], name: m[1], nameEn: m[2], closedOn: WD[m[3]] })) });
});
function slots(id, date) {
  const m = MS.find((x) => x[0] === id);
  if (!m || !/^\d{4}-\d{2}-\d{2}$/.test(date) || day(date) === m[3]) return [];
  const n = new Date(Date.now() + 288e5).toISOString();
  return PER.map((p, i) => ({ slotId: `${id}:${date}:${i}`, period: p[0], from: p[1], to: p[2], left: 200, adultFen: m[4] })).filter((s) => `${date}T${s.to}` > n.slice(0, 16));
}
export const listSlots = (async ({ museumId, date }) => {
  const list = slots(museumId, date);
  return ok(list.length ? '余票' : '当天闭馆或无票', { slots: list });
});
export const bookTickets = (async ({ slotId, tickets, exhibition }) => {
  const [id, date, i] = String(slotId).split(':');
  const s = slots(id, date).find((x) => x.slotId === slotId);
  if (!s) return fail('时段不存在。');
  const people = tickets.reduce((n, t) => n + t.num, 0);
  const all = load();
  const passNo = `BW${1000 + Object.keys(all).length}`;
  all[passNo] = { passNo, museumId: id, date, period: i === '0' ? 'AM' : 'PM', tickets, exhibition: !!exhibition, totalFen: tickets.reduce((n, t) => n + s.adultFen * HALF[t.kind] * t.num, 0) + (exhibition ? 3000 * people : 0), state: 'WAIT_PAY' };
  my.setStorageSync({ key: 'mp_passes', data: all });
  return ok('已预约', { passNo, museum: MS.find((m) => m[0] === id)[1], visitAt: `${date} ${s.from}-${s.to}`, tickets, totalFen: all[passNo].totalFen, state: 'WAIT_PAY' });
});
export const cancelTickets = (async ({ passNo }) => {
  const all = load();
  if (!all[passNo]) return fail('没有这个订单。');
  all[passNo].state = 'CANCELLED';
  my.setStorageSync({ key: 'mp_passes', data: all });
  return ok('已取消', { passNo, state: 'CANCELLED' });
});
