const IN = { 京A12345: ['P1', '欧美汇停车场', 2.5, 2000], 京N88Q66: ['P2', '国贸商城停车场', 5, 6000], 京AD12345: ['P3', '望京SOHO停车场', 1, 800] };
const LOTS = [['L1', '国贸商城停车场', '国贸', 120, 36, 1200], ['L2', '国贸三期地库', '国贸', 260, 8, 1500], ['L3', '三里屯太古里停车场', '三里屯', 90, 12, 1500], ['L4', '望京SOHO停车场', '望京', 150, 88, 800], ['L5', '首都机场T3停车楼', '机场', 50, 300, 1000]];
const ok = (t, d) => ({ content: [{ type: 'text', text: t }], structuredContent: d });
const no = (t) => ({ isError: true, content: [{ type: 'text', text: t }] });
const get = (key, d) => my.getStorageSync({ key }).data || d;
const set = (key, data) => my.setStorageSync({ key, data });
const plate = (p) => String(p || '').toUpperCase().replace(/[\s·.]/g, '');
export const queryFee = (async ({ plateNo }) => {
  const p = IN[plate(plateNo)];
  if (!p) return no('没有查到该车的停车记录。');
  if (get('byt_paid', []).some((x) => x.parkingId === p[0])) return ok('已缴清', { parkingId: p[0], lotName: p[1], enterTime: '07:30', hours: p[2], feeFen: 0 });
  return ok(`应付 ${p[3] / 100} 元`, { parkingId: p[0], lotName: p[1], enterTime: '07:30', hours: p[2], feeFen: p[3] });
});
export const payFee = (async ({ parkingId }) => {
  const plateNo = Object.keys(IN).find((k) => IN[k][0] === parkingId);
  if (!plateNo) return no('停车记录不存在。');
  const r = { parkingId, plateNo, lotName: IN[plateNo][1], feeFen: IN[plateNo][3], state: 'PAID' };
  set('byt_paid', get('byt_paid', []).concat(r));
  return ok('已缴费', { parkingId, feeFen: r.feeFen, state: r.state });
});
export const searchLots = (async ({ place }) => {
  const hit = LOTS.filter((l) => l[1].includes(place) || place.includes(l[2]) || place.includes(l[1]));
  return ok(hit.length ? `${hit.length} 个停车场` : '附近没有合作停车场', { lots: hit.map((l) => ({ lotId: l[0], lotName: l[1], meters: l[3], free: l[4], pricePerHourFen: l[5] })) });
});
export const reserveSpace = (async ({ lotId, plateNo, arriveAt, charging }) => {
  const l = LOTS.find((x) => x[0] === lotId);
  if (!l) return no('停车场不存在。');
  if (!/^[\u4e00-\u9fa5][A-Z][A-Z0-9]{5,6}$/.test(plate(plateNo))) return no('车牌号不正确。');
  const all = get('byt_reserves', []);
  const r = { reserveNo: `BY${701 + all.length}`, lotId, lotName: l[1], plateNo: plate(plateNo), arriveAt, charging: !!charging, feeFen: 1000, state: 'RESERVED' };
  set('byt_reserves', all.concat(r));
  return ok('已预约', { reserveNo: r.reserveNo, lotName: r.lotName, arriveAt, feeFen: 1000, state: r.state });
});
export const cancelReserve = (async ({ reserveNo }) => {
  const all = get('byt_reserves', []);
  const r = all.find((x) => x.reserveNo === reserveNo);
  if (!r) return no('没有这个预约。');
  r.state = 'CANCELLED';
  set('byt_reserves', all);
  return ok('已取消', { reserveNo, state: r.state });
});
