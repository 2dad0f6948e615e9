const RS = [['Y1', '云朵餐厅中关村店', 'Cloud Dining Zhongguancun', '本帮菜', 3], ['Y2', '云朵餐厅国贸店', 'Cloud Dining Guomao', '本帮菜', 12], ['Y3', '云朵小馆三里屯店', 'Cloud Bistro Sanlitun', '西餐', 6], ['Y4', '云朵火锅望京店', 'Cloud Hotpot Wangjing', '火锅', 9]];
const ok = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent });
const fail = (text) => ({ isError: true, content: [{ type: 'text', text }] });
const get = (key) => my.getStorageSync({ key }).data || [];
const put = (key, data) => my.setStorageSync({ key, data });
const like = (a, b) => a.toLowerCase().includes(b) || b.includes(a.toLowerCase());
export const findRestaurants = (async ({ keyword } = {}) => {
  const k = String(keyword || '').toLowerCase();
  const hit = RS.filter((r) => !k || like(r[1], k) || like(r[2], k) || like(r[3], k) || ['中关村', '国贸', '三里屯', '望京'].some((p) => k.includes(p) && r[1].includes(p)));
  return ok(`${hit.length} 家`, { restaurants: hit.map((r) => ({ restId: r[0], restName: r[1], restNameEn: r[2], cuisine: r[3], waiting: r[4], waitMinutes: r[4] * 8 })) });
});
export const bookTable = (async ({ restId, partySize, date, time, room, wish }) => {
  const r = RS.find((x) => x[0] === restId);
  if (!r) return fail('门店不存在。');
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time) || Number.isNaN(Date.parse(date))) return fail('日期或时间不对。');
  if (Date.parse(`${date}T${time}:00+08:00`) < Date.now()) return fail('时间已过。');
  if (time < '11:00' || time > '21:30') return fail('营业时间 11:00 到 21:30。');
  const all = get('cloud_books');
  const b = { bookNo: `YD${all.length + 1}`, restId, restName: r[1], partySize, date, time, room: room || 'HALL', wish: wish || '', feeFen: 0, state: 'BOOKED' };
  put('cloud_books', all.concat(b));
  return ok('已订座', { bookNo: b.bookNo, restName: b.restName, partySize, at: `${date} ${time}`, room: b.room, feeFen: 0, state: b.state });
});
export const takeNumber = (async ({ restId, partySize }) => {
  const r = RS.find((x) => x[0] === restId);
  if (!r) return fail('门店不存在。');
  const all = get('cloud_queue');
  const q = { queueNo: `${partySize > 4 ? 'C' : partySize > 2 ? 'B' : 'A'}${80 + all.length}`, restId, restName: r[1], partySize, ahead: r[4], feeFen: 0, state: 'WAITING' };
  put('cloud_queue', all.concat(q));
  return ok('已取号', { queueNo: q.queueNo, restName: q.restName, ahead: q.ahead, feeFen: 0, state: q.state });
});
export const cancelTable = (async ({ no }) => {
  for (const key of ['cloud_books', 'cloud_queue']) {
    const all = get(key);
    const x = all.find((i) => i.bookNo === no || i.queueNo === no);
    if (x) {
      x.state = 'CANCELLED';
      put(key, all);
      return ok('已取消', { no, state: x.state });
    }
  }
  return fail('没有这个号。');
});
