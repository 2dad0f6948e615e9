const MENU = [[11, '美式咖啡', 'Americano', 'drink', 18], [12, '拿铁', 'Latte', 'drink', 24], [13, '卡布奇诺', 'Cappuccino', 'drink', 24], [14, '摩卡', 'Mocha', 'drink', 28], [15, '馥芮白', 'Flat White', 'drink', 26], [16, '抹茶拿铁', 'Matcha Latte', 'drink', 27], [17, '浓缩咖啡', 'Espresso', 'drink', 15], [21, '伯爵红茶', 'Earl Grey', 'drink', 20], [31, '黄油可颂', 'Butter Croissant', 'food', 16], [32, '蓝莓马芬', 'Blueberry Muffin', 'food', 18], [33, '火腿三明治', 'Ham Sandwich', 'food', 26]]
const UP = { tall: 0, grande: 4, venti: 8 }
const ok = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent })
const no = text => ({ isError: true, content: [{ type: 'text', text }] })
const all = () => wx.getStorageSync('halfday') || {}
const keep = o => { const m = all(); m[o.orderId] = o; wx.setStorageSync('halfday', m) }
function line(a) {
  const p = MENU.find(m => m[0] === a.productId)
  if (!p) return null
  const drink = p[3] === 'drink'
  const l = { productId: p[0], name: p[1], qty: a.qty, size: drink ? a.size || 'tall' : '', sugar: drink ? a.sugar || 'regular' : '', temp: drink ? a.temp || 'hot' : '', milk: drink ? a.milk || 'whole' : '' }
  l.amount = (p[4] + (drink ? UP[l.size] : 0) + (l.milk === 'oat' ? 3 : 0)) * a.qty
  l.spec = [l.size, l.sugar, l.temp, l.milk].filter(Boolean).join('/')
  return l
}
const view = o => ({ orderId: o.orderId, lines: o.lines.map(({ name, spec, qty, amount }) => ({ name, spec, qty, amount })), total: o.total, status: o.status })
exports.searchProducts = (async ({ query = '' } = {}) => {
  const q = query.toLowerCase()
  const hit = MENU.filter(m => !q || m[1].includes(q) || q.includes(m[1]) || m[2].toLowerCase().includes(q) || q.includes(m[2].toLowerCase()))
  return ok(hit.length + ' 款', { products: hit.map(m => ({ productId: m[0], name: m[1], nameEn: m[2], kind: m[3], price: m[4], available: true })) })
})
exports.newOrder = (async a => {
  const l = line(a)
  if (!l) return no('没有这款商品')
  const o = { orderId: 'HD' + (100 + Object.keys(all()).length), lines: [l], total: l.amount, pickupAt: a.pickupAt || '', status: 'unpaid' }
  keep(o)
  return ok('已创建订单', view(o))
})
exports.addToOrder = (async a => {
  const o = all()[a.orderId], l = line(a)
  if (!o || o.status !== 'unpaid') return no('订单不存在或已付款')
  if (!l) return no('没有这款商品')
  o.lines.push(l)
  o.total += l.amount
  keep(o)
  return ok('已加入', view(o))
})
exports.checkoutOrder = (async ({ orderId }) => {
  const o = all()[orderId]
  if (!o || o.status !== 'unpaid') return no('没有待付款的订单')
  try { await new Promise((success, fail) => wx.requestPayment({ timeStamp: '1', nonceStr: orderId, package: 'prepay_id=' + orderId, signType: 'RSA', paySign: '', success, fail })) } catch (e) { return no('未付款') }
  o.status = 'paid'
  keep(o)
  return ok('已付款', { orderId, total: o.total, status: 'paid', code: '8' + orderId.slice(-2) })
})
exports.cancelOrder = (async ({ orderId }) => {
  const o = all()[orderId]
  if (!o) return no('没有订单')
  o.status = 'cancelled'
  keep(o)
  return ok('已取消', { orderId, status: 'cancelled' })
})
