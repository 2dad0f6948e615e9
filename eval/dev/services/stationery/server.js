state.orders = [];
var P = [
  ['1001', 'Hardcover Notebook 硬壳笔记本', 'notebook journal 笔记本 本子 手账', [['A5 / dot grid 点阵 / navy 藏青', 38], ['A5 / square grid 方格 / navy 藏青', 38], ['A5 / ruled 横线 / black 黑色', 38], ['B5 / dot grid 点阵 / black 黑色', 48], ['B5 / ruled 横线 / navy 藏青', 48]]],
  ['1002', 'Gel Pen 0.5 mm, box of 12 中性笔 12支装', 'gel pen pens 中性笔 水笔 签字笔', [['black 黑色', 26], ['blue 蓝色', 26], ['red 红色', 26]]],
  ['1003', 'Aero Fountain Pen 钢笔', 'fountain pen 钢笔', [['EF (extra fine) nib EF尖 / black 黑色', 128], ['F (fine) nib F尖 / black 黑色', 128], ['F (fine) nib F尖 / white 白色', 128]]],
  ['1004', 'Sticky Notes 便利贴', 'sticky notes post-it memo 便利贴 便签', [['yellow 黄色', 9.9], ['assorted colours 混色', 12.9]]],
  ['1005', 'A4 Copy Paper 80 g A4复印纸', 'copy paper a4 printer paper 复印纸 打印纸', [['1 ream, 500 sheets 一包', 24.9], ['box of 5 reams 一箱5包', 115]]],
  ['1006', 'Planner 2027 日程本', 'planner diary agenda 日程本 计划本 效率手册', [['weekly 周计划', 58], ['daily 日计划', 78]]],
  ['1007', 'Alcohol Markers 马克笔', 'markers marker pens 马克笔 彩笔', [['24 colours 24色', 69], ['48 colours 48色', 119]]],
  ['1008', 'Bottled Ink 50 ml 钢笔墨水', 'ink bottle 墨水', [['black 黑色', 45], ['blue-black 蓝黑', 45], ['green 绿色', 45]]],
  ['1009', 'Washi Tape, set of 10 和纸胶带', 'washi tape 和纸胶带 胶带', [['flowers 花卉', 19.9], ['plain 素色', 15.9]]],
  ['1010', 'Stationery Gift Box 文具礼盒', 'gift box gift set 礼盒 文具套装', [['standard 标准款', 168]]]];
function gid(kind, id) { return 'gid://papernook/' + kind + '/' + id; }
function money(n) { return { amount: n.toFixed(2), currency_code: 'CNY' }; }
function variant(id) {
  for (var i = 0; i < P.length; i++) for (var j = 0; j < P[i][3].length; j++) if (gid('ProductVariant', P[i][0] + (j + 1)) === id) return { product: P[i], title: P[i][3][j][0], price: P[i][3][j][1] };
}
tools.search_shop_catalog = function (a) {
  var q = String(a.query || '').toLowerCase(), latin = q.match(/[a-z0-9-]+/g) || [];
  var score = function (p) {
    var t = (p[1] + ' ' + p[2]).toLowerCase(), words = t.match(/[a-z0-9-]+/g) || [];
    return latin.filter(function (w) { return w.length > 1 && words.some(function (x) { return x === w || x + 's' === w || x === w + 's'; }); }).length + (p[2].match(/[\u4e00-\u9fff]+/g) || []).filter(function (w) { return q.indexOf(w) >= 0; }).length * 2;
  };
  var all = P.filter(score).sort(function (x, y) { return score(y) - score(x); }), from = Number(a.after || 0), n = a.limit || 4;
  return { data: { products: all.slice(from, from + n).map(function (p) {
    return { product_id: gid('Product', p[0]), title: p[1], variants: p[3].map(function (v, j) { return { variant_id: gid('ProductVariant', p[0] + (j + 1)), title: v[0], price: money(v[1]), available: true }; }) };
  }), pageInfo: { hasNextPage: all.length > from + n, endCursor: all.length > from + n ? String(from + n) : null } } };
};
tools.search_shop_policies_and_faqs = function () { return { data: { answer: 'Free shipping in mainland China, 2 to 3 days; same day within Beijing when ordered before 16:00. Unused goods can be returned within 7 days.' } }; };
tools.create_order = function (a) {
  var lines = [], s = a.shipping_address || {};
  for (var i = 0; i < (a.line_items || []).length; i++) {
    var l = a.line_items[i], v = variant(l.variant_id);
    if (!v) return { error: 'The merchandise with id ' + l.variant_id + ' does not exist.' };
    lines.push({ variant_id: l.variant_id, sku: l.variant_id.split('/').pop(), title: v.product[1] + ' - ' + v.title, quantity: l.quantity, price: v.price });
  }
  if (!lines.length) return { error: 'line_items must not be empty' };
  if (!s.name || !s.phone || !s.address1) return { error: 'shipping_address needs name, phone and address1' };
  if (a.delivery_method === 'same_day' && new Date(now() + 8 * 36e5).getUTCHours() >= 16) return { error: 'Too late for same day delivery today.' };
  var g = a.gift || {}, o = { id: '#' + (5001 + state.orders.length), financial_status: 'paid', lines: lines, ship: { name: s.name, phone: s.phone, address1: s.address1, city: s.city || null }, delivery_method: a.delivery_method || 'standard', wrap: g.wrap || 'none', card_text: g.card_text || '' };
  o.total = Math.round(lines.reduce(function (n, l) { return n + l.price * l.quantity; }, 0) * 100) / 100;
  state.orders.push(o);
  return { data: { order: { id: o.id, financial_status: o.financial_status, total_price: money(o.total) } } };
};
tools.cancel_order = function (a) {
  var o = state.orders.find(function (x) { return x.id === a.order_id; });
  if (!o) return { error: 'Order ' + a.order_id + ' not found.' };
  o.financial_status = 'refunded';
  return { data: { order: { id: o.id, financial_status: o.financial_status } } };
};
