export const PACKAGES = [
  { packageCode: 'ZJ59', title: '证件照 ID photo', priceFen: 5900, priceUnit: 'person', maxPeople: 4, bg: true },
  { packageCode: 'QZ79', title: '签证照 visa photo', priceFen: 7900, priceUnit: 'person', maxPeople: 4, bg: true },
  { packageCode: 'XX299', title: '职业形象照 professional headshot (LinkedIn)', priceFen: 29900, priceUnit: 'person', maxPeople: 6 },
  { packageCode: 'QJF399', title: '全家福 family portrait', priceFen: 39900, priceUnit: 'group', maxPeople: 8 },
  { packageCode: 'ET499', title: '儿童写真 kids portrait', priceFen: 49900, priceUnit: 'group', maxPeople: 3 },
  { packageCode: 'YF599', title: '孕妇照 maternity shoot', priceFen: 59900, priceUnit: 'group', maxPeople: 2 },
];
export const TIMES = ['09:30', '10:30', '11:30', '14:00', '15:00', '16:00', '17:00', '18:30'];
const FULL = ['2026-11-28 14:00', '2026-11-29 15:00', '2026-11-25 11:30'];
export const ADDON = { MU: 8000, RT: 3000, RAW: 5000, EX: 2000 };
export function orders() { const r = my.getStorageSync({ key: 'studio_orders' }); return (r && r.data) || {}; }
export function keep(o) { my.setStorageSync({ key: 'studio_orders', data: o }); }
export function oops(text) { return { isError: true, content: [{ type: 'text', text }] }; }
export function slotsOf(day) {
  const taken = Object.values(orders()).filter((o) => o.status !== 'CANCELED').map((o) => o.startAt);
  return TIMES.filter((t) => !FULL.includes(`${day} ${t}`))
    .map((t) => ({ slotId: 'S' + (Date.parse(`${day}T${t}:00+08:00`) / 60000).toString(36).toUpperCase(), startAt: Date.parse(`${day}T${t}:00+08:00`), label: t }))
    .filter((s) => s.startAt > Date.now() && !taken.includes(s.startAt));
}
export function slotOf(slotId) {
  const at = parseInt(String(slotId).slice(1), 36) * 60000;
  if (!(at > 0)) return null;
  const day = new Date(at + 8 * 3600000).toISOString().slice(0, 10);
  return slotsOf(day).find((s) => s.slotId === slotId) || null;
}
