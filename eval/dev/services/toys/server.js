state.carts = {}; state.orders = [];
// sku, 品名, 品类, 年龄, 款式 [编号后缀, 名称, 价格, 库存]
var P = [
  ['TB101', '城市消防站积木', '积木', '6岁以上', [['A', '标准款 420 片', 239, 9], ['B', '豪华款 780 片', 399, 4]]],
  ['TB102', '太空火箭积木', '积木', '8岁以上', [['A', '单款', 329, 5]]],
  ['TB103', '樱花树屋积木', '积木', '8岁以上', [['A', '单款', 459, 3]]],
  ['TB104', '大颗粒动物园积木', '积木', '2岁以上', [['A', '单款', 159, 12]]],
  ['TB105', '挖掘机积木', '积木', '6岁以上', [['A', '单款', 189, 7]]],
  ['TB201', '长耳兔毛绒玩偶', '毛绒', '0岁以上', [['P', '粉色 30cm', 89, 20], ['W', '白色 30cm', 89, 15], ['G', '灰色 50cm', 149, 6]]],
  ['TB202', '小熊毛绒玩偶', '毛绒', '0岁以上', [['S', '小号 25cm', 79, 11], ['L', '大号 60cm', 199, 5]]],
  ['TB301', '大富翁桌游', '桌游', '8岁以上', [['A', '经典版', 128, 10]]],
  ['TB302', '德国心脏病桌游', '桌游', '6岁以上', [['A', '单款', 69, 10]]],
  ['TB401', '遥控越野车', '遥控', '6岁以上', [['R', '红色', 219, 8], ['B', '蓝色', 219, 0]]],
  ['TB402', '遥控直升机', '遥控', '10岁以上', [['A', '单款', 299, 6]]],
  ['TB501', '世界地图拼图', '拼图', '6岁以上', [['300', '300 片', 58, 9], ['1000', '1000 片', 98, 9]]]
];
function variant(id) {
  for (var i = 0; i < P.length; i++) for (var j = 0; j < P[i][4].length; j++) {
    var v = P[i][4][j];
    if (P[i][0] + '-' + v[0] === id) return { sku: P[i][0], variant_id: id, name: P[i][1], style: v[1], price: v[2], stock: v[3] };
  }
}
function show(id, c) {
  var sum = 0, out = '购物车 ' + id + '\n';
  c.forEach(function (l) { sum += l.price * l.qty; out += '- ' + l.name + '（' + l.style + '）x' + l.qty + ' = ¥' + l.price * l.qty + '\n'; });
  return out + '小计 ¥' + sum + '，运费 ' + (sum >= 99 ? '免' : '¥10');
}
function put(c, id, n) {
  var v = variant(id);
  if (!v) return '款式编号不存在：' + id;
  if (v.stock < n) return v.name + '（' + v.style + '）缺货';
  c.push({ sku: v.sku, variant_id: id, name: v.name, style: v.style, qty: n, price: v.price });
  return '';
}
tools.search_products = function (a) {
  var k = String(a.keyword || '').replace(/\s/g, ''), page = a.page || 1;
  var hit = P.filter(function (p) { return !k || (p[1] + p[2] + p[3]).indexOf(k) >= 0 || k.indexOf(p[2]) >= 0; });
  if (!hit.length) return { text: '没有找到“' + k + '”相关的玩具。' };
  var part = hit.slice((page - 1) * 4, page * 4);
  return { text: '共 ' + hit.length + ' 个，第 ' + page + '/' + Math.ceil(hit.length / 4) + ' 页\n' + part.map(function (p) {
    return '[' + p[0] + '] ' + p[1] + ' · ' + p[3] + ' · ¥' + Math.min.apply(null, p[4].map(function (v) { return v[2]; })) + (p[4].length > 1 ? ' 起' : '');
  }).join('\n') };
};
tools.get_product = function (a) {
  var p = P.filter(function (x) { return x[0] === a.sku; })[0];
  if (!p) return { error: '没有这个商品：' + a.sku };
  return { text: p[1] + '（' + p[2] + '，' + p[3] + '）\n款式：\n' + p[4].map(function (v) { return '- ' + p[0] + '-' + v[0] + '：' + v[1] + '，¥' + v[2] + (v[3] ? '，有货' : '，缺货'); }).join('\n') };
};
tools.create_cart = function (a) {
  var c = [], e = put(c, a.variant_id, a.quantity || 1);
  if (e) return { error: e };
  var id = 'c' + (Object.keys(state.carts).length + 1);
  state.carts[id] = c;
  return { text: show(id, c) };
};
tools.add_to_cart = function (a) {
  var c = state.carts[a.cart_id];
  if (!c) return { error: '购物车不存在：' + a.cart_id };
  var e = put(c, a.variant_id, a.quantity || 1);
  return e ? { error: e } : { text: show(a.cart_id, c) };
};
tools.view_cart = function (a) {
  var c = state.carts[a.cart_id];
  return c ? { text: show(a.cart_id, c) } : { error: '购物车不存在：' + a.cart_id };
};
tools.checkout = function (a) {
  var c = state.carts[a.cart_id];
  if (!c || !c.length) return { error: '购物车是空的' };
  if (!a.consignee || !a.tel || !a.address) return { error: '收货信息不全' };
  var sum = c.reduce(function (s, l) { return s + l.price * l.qty; }, 0);
  var total = sum + (sum >= 99 ? 0 : 10);
  var id = 'JM' + (2026100 + state.orders.length);
  state.orders.push({ order_id: id, lines: c, consignee: a.consignee, tel: a.tel, address: a.address, gift_wrap: !!a.gift_wrap, card_text: a.card_text || '', total: total, status: '待发货' });
  state.carts[a.cart_id] = [];
  return { text: '下单成功\n订单号：' + id + '\n实付：¥' + total + '\n收货：' + a.consignee + ' ' + a.address };
};
tools.cancel_order = function (a) {
  var o = state.orders.filter(function (x) { return x.order_id === a.order_id; })[0];
  if (!o) return { error: '没有这个订单：' + a.order_id };
  o.status = '已取消';
  return { text: '订单 ' + o.order_id + ' 已取消，¥' + o.total + ' 将原路退回。' };
};
