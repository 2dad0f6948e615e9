import { DRINKS, SHOPS } from '../data/menu';
const KEY = 'cxm_orders';
const SUGAR = ['', '全糖', '七分糖', '五分糖', '三分糖', '无糖'];
const ICE = { N: '正常冰', L: '少冰', W: '去冰', H: '热' };
const ADD = { ZZ: ['珍珠', 200], YG: ['椰果', 200], BD: ['布丁', 300], XC: ['仙草', 200] };
const fail = (text) => ({ isError: true, content: [{ type: 'text', text }] });
const ok = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent });
const orders = () => my.getStorageSync({ key: KEY }).data || [];
const keep = (data) => my.setStorageSync({ key: KEY, data });
function line(it) {
  const d = DRINKS.find((x) => x.productId === it.productId);
  if (!d) return { error: '没有这款饮品：' + it.productId };
  const s = it.spec || {};
  const row = { productId: d.productId, title: d.title, cups: it.cups, cupSize: s.cupSize || 'M', sugarLevel: s.sugarLevel || 1, iceLevel: s.iceLevel || 'N', addOns: s.addOns || [] };
  const one = d.priceFen + (row.cupSize === 'L' ? 300 : 0) + row.addOns.reduce((n, a) => n + ADD[a][1], 0);
  row.amountFen = one * it.cups;
  row.specText = [row.cupSize === 'L' ? '大杯' : '中杯', SUGAR[row.sugarLevel], ICE[row.iceLevel]].concat(row.addOns.map((a) => '加' + ADD[a][0])).join('，');
  return row;
}
function price(shopCode, items) {
  const shop = SHOPS.find((s) => s.shopCode === shopCode);
  if (!shop) return { error: '门店不存在，请先用 listShops 查询。' };
  const rows = items.map(line);
  const bad = rows.find((r) => r.error);
  return bad || { shop, rows, totalFen: rows.reduce((n, r) => n + r.amountFen, 0) };
}
const details = (rows) => rows.map(({ title, specText, cups, amountFen }) => ({ title, specText, cups, amountFen }));
export async function calcPrice({ shopCode, items }) {
  const p = price(shopCode, items);
  if (p.error) return fail(p.error);
  return ok(`合计 ${p.totalFen / 100} 元`, { details: details(p.rows), totalFen: p.totalFen });
}
export async function submitOrder({ shopCode, items, remark }) {
  const p = price(shopCode, items);
  if (p.error) return fail(p.error);
  const all = orders();
  const o = { orderNo: 'CXM' + (1001 + all.length), shopCode, shopName: p.shop.shopName, items: p.rows, totalFen: p.totalFen, remark: remark || '', status: 'WAIT_PAY' };
  keep(all.concat(o));
  return ok(`订单 ${o.orderNo} 已提交，应付 ${o.totalFen / 100} 元。`, { orderNo: o.orderNo, shopName: o.shopName, details: details(p.rows), totalFen: o.totalFen, status: o.status });
}
export async function cancelOrder({ orderNo }) {
  const all = orders();
  const o = all.find((x) => x.orderNo === orderNo);
  if (!o) return fail('没有这个订单。');
  o.status = 'CANCELLED';
  keep(all);
  return ok('已取消。', { orderNo, status: o.status });
}
