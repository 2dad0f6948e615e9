const KEY = 'fy_waybills';
const CITIES = ['北京', '上海', '广州', '深圳', '杭州', '成都', '武汉', '西安', '南京', '天津', '重庆', '长沙'];
const text = (t) => [{ type: 'text', text: t }];
const load = () => my.getStorageSync({ key: KEY }).data || [];
const store = (data) => my.setStorageSync({ key: KEY, data });
const fee = (city, kg, product) => (city.includes('北京') ? 10 : 14) + Math.max(0, Math.ceil(kg || 1) - 1) * (city.includes('北京') ? 2 : 5) + (product === 'FAST' ? 9 : 0);
const cityOf = (address) => CITIES.find((c) => String(address).includes(c));

export const estimateFee = (async ({ toCity, weightKg, product }) => {
  if (!cityOf(toCity)) return { isError: true, content: text('暂不支持寄往该城市') };
  return { content: text('估价'), structuredContent: { fee: fee(toCity, weightKg, product).toFixed(2), days: product === 'FAST' ? 1 : 3 } };
});
export const createPickup = (async (a) => {
  const city = cityOf(a.receiver && a.receiver.address);
  if (!city) return { isError: true, content: text('收件地址里要有城市') };
  for (const p of [a.sender, a.receiver]) if (!p.name || !/^1\d{10}$/.test(p.phone)) return { isError: true, content: text('姓名或手机号不完整') };
  const all = load();
  const w = { waybillNo: `FY${60001 + all.length}`, sender: a.sender, receiver: a.receiver, toCity: city, weightKg: a.weightKg || 1, product: a.product || 'STD', itemType: a.itemType || '', pickupTime: a.pickupTime || '', fee: fee(city, a.weightKg, a.product).toFixed(2), state: 'WAIT_PAY' };
  store(all.concat(w));
  return { content: text(`运单 ${w.waybillNo}，运费 ${w.fee} 元`), structuredContent: { waybillNo: w.waybillNo, toCity: city, product: w.product, fee: w.fee, state: w.state } };
});
export const trackWaybill = (async ({ waybillNo } = {}) => {
  const all = load();
  const w = waybillNo ? all.find((x) => x.waybillNo === waybillNo) : all[all.length - 1];
  if (!w) return { isError: true, content: text('没有运单') };
  return { content: text('待取件'), structuredContent: { waybillNo: w.waybillNo, state: w.state, where: '待取件' } };
});
export const cancelPickup = (async ({ waybillNo }) => {
  const all = load();
  const w = all.find((x) => x.waybillNo === waybillNo);
  if (!w) return { isError: true, content: text('没有运单') };
  w.state = 'CANCELLED';
  store(all);
  return { content: text('已取消'), structuredContent: { waybillNo, state: w.state } };
});
