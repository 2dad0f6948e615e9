import { SPOTS, SESSIONS } from '../data/spots';

const DAY = 24 * 3600 * 1000;

export const findSpot = (spotId) => SPOTS.find((s) => s.spotId === Number(spotId));
export const sessionsOf = (spot) => (spot.kind === '博物馆' ? SESSIONS : []);

export const noon = (d) => Date.parse(`${d.slice(0, 4)}-${d.slice(4, 6)}-${d.slice(6, 8)}T12:00:00+08:00`);
const isMonday = (d) => new Date(noon(d)).getUTCDay() === 1;

// 节假日和周末热门场馆会售罄
export const stockOf = (spot, d) => {
  const weekday = new Date(noon(d)).getUTCDay();
  if (spot.spotId === 1108 && weekday === 6) return 0;
  if (spot.spotId === 1110 && weekday === 0) return 3;
  return 200;
};

const compact = (t) => new Date(t + 8 * 3600 * 1000).toISOString().slice(0, 10).replace(/-/g, '');

export function dayError(spot, visitDate) {
  const d = String(visitDate || '');
  if (!/^\d{8}$/.test(d) || isNaN(noon(d))) return '游玩日期要写成 8 位数字，例如 20261203';
  if (noon(d) < Date.now() - DAY / 2) return '不能预订过去的日期';
  if (noon(d) > Date.now() + 31 * DAY) return '只能预订 30 天以内的门票';
  if (spot.kind === '博物馆' && isMonday(d)) {
    return `${spot.spotName}周一闭馆，可以改订 ${compact(noon(d) - DAY)} 或 ${compact(noon(d) + DAY)}`;
  }
  if (stockOf(spot, d) === 0) return `${spot.spotName} ${d} 的票已售完，${compact(noon(d) + DAY)} 还有票`;
  return '';
}

export const ok = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent });
export const fail = (text) => ({ isError: true, content: [{ type: 'text', text }] });
export const load = () => my.getStorageSync({ key: 'manyou_tickets' }).data || [];
export const save = (data) => my.setStorageSync({ key: 'manyou_tickets', data });
