// 配送：同城，营业时间内，整单满额免配送费
export const OPENS = '09:00';
export const CLOSES = '20:00';
const FEE_FEN = 1500;
const FREE_FROM_FEN = 29900;
const MAX_DAYS = 60;
const CHINA_MS = 8 * 3600 * 1000;

export const feeFor = (goodsFen) => (goodsFen >= FREE_FROM_FEN ? 0 : FEE_FEN);

const dayOf = (ms) => new Date(ms + CHINA_MS).toISOString().slice(0, 10);

// 返回空串表示可以送，否则返回原因
export function refuse(date, time, now) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date || '') || Number.isNaN(Date.parse(date))) return '配送日期应写成 2026-11-25 这样。';
  const today = dayOf(now);
  if (date < today) return '配送日期已经过去。';
  if (date > dayOf(now + MAX_DAYS * 86400000)) return `最多提前 ${MAX_DAYS} 天预订。`;
  if (!time) return '';
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return '配送时间应写成 18:00 这样。';
  if (time < OPENS || time > CLOSES) return `配送时间应在 ${OPENS} 到 ${CLOSES} 之间。`;
  const clock = new Date(now + CHINA_MS).toISOString().slice(11, 16);
  if (date === today && time < clock) return '配送时间已经过去。';
  return '';
}
