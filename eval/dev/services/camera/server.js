state.cart = []; state.orders = [];
var GEAR = [
  ['SON-A7M4', 'Sony A7 IV body', 'sony alpha a7m4 a7 iv full frame mirrorless camera 索尼 全画幅 微单 相机', 88], ['SON-A7C2', 'Sony A7C II body', 'sony alpha a7c2 a7c ii full frame compact mirrorless camera 索尼 全画幅 微单 相机', 78],
  ['SON-A7S3', 'Sony A7S III body', 'sony alpha a7s3 a7s iii full frame mirrorless camera video 索尼 全画幅 微单 相机', 128], ['CAN-R6M2', 'Canon EOS R6 Mark II body', 'canon r6 eos r6m2 full frame mirrorless camera 佳能 全画幅 微单 相机', 98],
  ['FUJ-XT5', 'Fujifilm X-T5 with 18-55mm', 'fuji fujifilm xt5 x-t5 mirrorless camera 富士 微单 相机', 72], ['LEI-Q3', 'Leica Q3', 'leica q3 full frame compact camera 徕卡 相机', 268],
  ['SON-2470', 'Sony FE 24-70mm f/2.8 GM II', 'sony lens zoom 24-70 2470 gm standard 索尼 镜头 标准变焦', 68], ['SON-70200', 'Sony FE 70-200mm f/2.8 GM II', 'sony lens zoom telephoto 70-200 70200 gm 索尼 镜头 长焦', 88],
  ['CAN-50', 'Canon RF 50mm f/1.8 STM', 'canon lens prime 50 50mm rf 佳能 镜头 定焦', 18], ['DJI-P3', 'DJI Osmo Pocket 3', 'dji osmo pocket 3 vlog gimbal camera 大疆 口袋 相机', 38],
  ['DJI-M4P', 'DJI Mini 4 Pro', 'dji mini 4 pro drone 大疆 无人机 航拍', 98], ['DJI-A3', 'DJI Air 3', 'dji air 3 drone 大疆 无人机 航拍', 138],
  ['GOP-13', 'GoPro HERO13 Black', 'gopro hero 13 action camera 运动相机', 28], ['INS-X4', 'Insta360 X4', 'insta360 x4 360 panoramic action camera 全景相机 影石', 36],
  ['DJI-RS4', 'DJI RS 4 gimbal', 'dji rs4 rs 4 gimbal stabilizer stabiliser 大疆 稳定器', 48]];
var ADD = { battery: 5, card_128gb: 6, nd_filter: 8, tripod: 15, mic: 20 };
function gear(sku) { return GEAR.find(function (g) { return g[0] === sku; }); }
function yuan(n) { return '¥' + n.toFixed(2); }
function today() { return new Date(now() + 8 * 36e5).toISOString().slice(0, 10); }
function days(a) { return Math.round((Date.parse(a.to) - Date.parse(a.from)) / 864e5) + 1; }
function period(a) {
  if (!(days(a) > 0)) return 'to must not be before from';
  if (a.from < today()) return 'from is in the past';
  if (days(a) > 30) return 'at most 30 days';
}
function total(a) {
  var rent = state.cart.reduce(function (n, i) { return n + i.qty * (gear(i.sku)[3] + i.addons.reduce(function (m, x) { return m + ADD[x]; }, 0)); }, 0) * days(a);
  return Math.round(rent * (a.damage_waiver ? 110 : 100)) / 100;
}
tools.search_gear = function (a) {
  var k = String(a.keyword || '').toLowerCase(), page = a.page || 1, latin = k.match(/[a-z0-9.-]+/g) || [], best = 1;
  var hits = GEAR.map(function (g) {
    var t = (g[0] + ' ' + g[1] + ' ' + g[2]).toLowerCase(), n = latin.filter(function (w) { return t.indexOf(w) >= 0; }).length;
    n += (g[2].match(/[\u4e00-\u9fff]+/g) || []).filter(function (w) { return k.indexOf(w) >= 0; }).length;
    best = Math.max(best, n);
    return [g, n];
  }).filter(function (x) { return x[1] === best; }).map(function (x) { return x[0]; });
  return { text: JSON.stringify({ page: page, hasMore: hits.length > page * 4, total: hits.length, results: hits.slice(page * 4 - 4, page * 4).map(function (g) { return { sku: g[0], name: g[1], dailyRate: yuan(g[3]) }; }) }, null, 2) };
};
tools.get_gear = function (a) {
  var g = gear(a.sku);
  if (!g) return { error: 'Not found: ' + a.sku };
  return { text: JSON.stringify({ sku: g[0], name: g[1], dailyRate: yuan(g[3]), inTheBox: ['battery', 'charger', 'case'], addons: Object.keys(ADD).map(function (x) { return { code: x, perDay: yuan(ADD[x]) }; }) }, null, 2) };
};
tools.check_stock = function (a) {
  if (!gear(a.sku)) return { error: 'Not found: ' + a.sku };
  var p = period(a);
  if (p) return { error: p };
  var free = a.sku === 'LEI-Q3' ? 0 : 5;
  return { text: JSON.stringify({ sku: a.sku, from: a.from, to: a.to, free: free }, null, 2) };
};
tools.cart_add = function (a) {
  for (var i = 0; i < a.items.length; i++) {
    var it = a.items[i];
    if (!gear(it.sku)) return { error: 'Unknown sku "' + it.sku + '". Use search_gear.' };
    if (it.sku === 'LEI-Q3') return { error: 'Leica Q3 is out on rental until 20 December.' };
    if ((it.addons || []).some(function (x) { return !ADD[x]; })) return { error: 'Unknown add-on. Possible: ' + Object.keys(ADD).join(', ') };
  }
  a.items.forEach(function (it) { state.cart.push({ sku: it.sku, name: gear(it.sku)[1], qty: it.qty || 1, addons: it.addons || [] }); });
  return { text: JSON.stringify({ cart: state.cart }, null, 2) };
};
tools.cart_clear = function () { state.cart = []; return { text: 'Cart is empty.' }; };
tools.cart_quote = function (a) {
  var p = period(a);
  if (p) return { error: p };
  if (!state.cart.length) return { error: 'Cart is empty.' };
  return { text: JSON.stringify({ days: days(a), items: state.cart.length, total: yuan(total(a)), deposit: 'waived' }, null, 2) };
};
tools.checkout = function (a) {
  var p = period(a), d = a.delivery || {};
  if (p) return { error: p };
  if (!state.cart.length) return { error: 'Cart is empty. Add gear with cart_add first.' };
  if (d.method === 'courier' && !d.address) return { error: 'delivery.address is required for courier' };
  if (a.from === today() && d.method !== 'pickup') return { error: 'Courier needs a day. For today choose pickup in a store.' };
  var o = { order_no: 'LL' + (20001 + state.orders.length), status: 'paid', items: state.cart, from: a.from, to: a.to, days: days(a), damage_waiver: !!a.damage_waiver, delivery: { method: d.method, store: d.store || null, address: d.address || null }, contact: a.contact || null, total: total(a) };
  state.cart = [];
  state.orders.push(o);
  return { text: JSON.stringify({ order_no: o.order_no, status: o.status, from: o.from, to: o.to, total: yuan(o.total) }, null, 2) };
};
tools.cancel_order = function (a) {
  var o = state.orders.find(function (x) { return x.order_no === a.order_no; });
  if (!o) return { error: 'No order ' + a.order_no };
  o.status = 'cancelled';
  return { text: JSON.stringify({ order_no: o.order_no, status: o.status, refund: yuan(o.total) }, null, 2) };
};
