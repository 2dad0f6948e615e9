import { PACKAGES, ADDON, orders, keep, oops, slotOf } from '../model/studio';
export async function createPhotoOrder(input = {}) {
  const p = PACKAGES.find((x) => x.packageCode === input.packageCode);
  if (!p) return oops('套餐编码不存在');
  const s = slotOf(input.slotId);
  if (!s) return oops('档期不存在或已被约走，请重新查询档期');
  const people = input.people || 1;
  if (people > p.maxPeople) return oops(`${p.title}最多 ${p.maxPeople} 人`);
  if (p.bg && !['white', 'blue', 'red'].includes(input.bg)) return oops('证件照和签证照需要背景色：白底、蓝底或红底');
  if (!input.contactName || !/^1\d{10}$/.test(input.contactMobile || '')) return oops('联系人信息不完整');
  const addons = input.addons || [];
  let amountFen = p.priceUnit === 'person' ? p.priceFen * people : p.priceFen;
  addons.forEach((a) => { amountFen += a === 'MU' ? ADDON.MU * people : ADDON[a] || 0; });
  const all = orders();
  const orderNo = 'SG2611' + String(Object.keys(all).length + 1).padStart(3, '0');
  all[orderNo] = { orderNo, packageCode: p.packageCode, title: p.title, startAt: s.startAt, people, bg: p.bg ? input.bg : '', addons, contactName: input.contactName, contactMobile: input.contactMobile, amountFen, status: 'UNPAID' };
  keep(all);
  return {
    content: [{ type: 'text', text: `订单 ${orderNo} 已创建，待支付 ${(amountFen / 100).toFixed(2)} 元，请到订单页付款` }],
    structuredContent: { orderNo, title: p.title, startAt: s.startAt, amountFen, status: 'UNPAID' },
    handoff: { query: { orderNo } },
  };
}
