const RESTAURANTS = require('./data.js')
const KEY = 'fdd:orders'
const ok = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent })
const no = text => ({ isError: true, content: [{ type: 'text', text }] })
const load = () => wx.getStorageSync(KEY) || []
const save = v => wx.setStorageSync(KEY, v)
const brief = r => ({ restaurantId: r.restaurantId, name: r.name, cuisine: r.cuisine, rating: r.rating, minOrder: r.minOrder, deliveryFee: r.deliveryFee, etaMinutes: r.etaMinutes })

exports.searchRestaurants = (async ({ keyword = '' } = {}) => {
  const hit = RESTAURANTS.filter(r => !keyword || r.name.includes(keyword) || keyword.includes(r.name) || r.cuisine.includes(keyword) || keyword.includes(r.cuisine) ||
    r.dishes.some(d => d.dishName.includes(keyword) || keyword.includes(d.dishName)))
  return ok(hit.length ? '找到 ' + hit.length + ' 家' : '附近没有相关餐厅', { restaurants: hit.map(brief) })
})
exports.getMenu = (async ({ restaurantId, keyword = '' }) => {
  const r = RESTAURANTS.find(x => x.restaurantId === restaurantId)
  if (!r) return no('餐厅不存在')
  const hit = r.dishes.filter(d => !keyword || d.dishName.includes(keyword) || keyword.includes(d.dishName))
  return ok(r.name + '有 ' + hit.length + ' 道菜', { dishes: hit })
})
function price({ restaurantId, dishes, address }) {
  const r = RESTAURANTS.find(x => x.restaurantId === restaurantId)
  if (!r) return { error: '餐厅不存在' }
  if (!address || address.length < 4) return { error: '缺少收货地址' }
  const lines = []
  for (const it of dishes) {
    const d = r.dishes.find(x => x.dishId === it.dishId)
    if (!d) return { error: r.name + '没有这道菜' }
    lines.push({ dishId: d.dishId, dishName: d.dishName, count: it.count, taste: it.taste || '', amount: d.price * it.count })
  }
  const dishAmount = lines.reduce((n, l) => n + l.amount, 0)
  if (dishAmount < r.minOrder) return { error: '未到起送价 ' + r.minOrder + ' 元' }
  const packFee = lines.length
  return { r, lines, dishAmount, packFee, deliveryFee: r.deliveryFee, payAmount: dishAmount + packFee + r.deliveryFee }
}
exports.previewOrder = (async args => {
  const p = price(args)
  if (p.error) return no(p.error)
  return ok('应付 ' + p.payAmount + ' 元', { dishAmount: p.dishAmount, packFee: p.packFee, deliveryFee: p.deliveryFee, payAmount: p.payAmount })
})
exports.createOrder = (async args => {
  const p = price(args)
  if (p.error) return no(p.error)
  const all = load()
  const o = { orderId: 'WM' + (3000 + all.length), restaurantId: p.r.restaurantId, restaurantName: p.r.name, lines: p.lines, payAmount: p.payAmount, address: args.address, note: args.note || '', phone: args.phone || '', tableware: args.tableware || 0, status: '待支付' }
  save(all.concat(o))
  return Object.assign(ok('订单 ' + o.orderId + ' 待支付', { orderId: o.orderId, restaurantName: o.restaurantName, lines: p.lines.map(({ dishName, count, amount }) => ({ dishName, count, amount })), payAmount: o.payAmount, address: o.address, status: o.status }), { handoff: { query: 'orderId=' + o.orderId } })
})
exports.payOrder = (async ({ orderId }) => {
  const all = load()
  const o = all.find(x => x.orderId === orderId)
  if (!o || o.status !== '待支付') return no('没有待支付的订单 ' + orderId)
  try {
    await new Promise((success, fail) => wx.requestPayment({ timeStamp: String(Date.now()), nonceStr: orderId, package: 'prepay_id=' + orderId, signType: 'RSA', paySign: '', success, fail }))
  } catch (e) { return no('支付未完成') }
  o.status = '已支付'
  save(all)
  return ok('支付成功', { orderId, status: o.status })
})
exports.getDelivery = (async ({ orderId } = {}) => {
  const all = load()
  const o = orderId ? all.find(x => x.orderId === orderId) : all[all.length - 1]
  if (!o) return no('没有外卖订单')
  return ok('订单' + o.status, { orderId: o.orderId, status: o.status, rider: '王师傅', etaMinutes: 25 })
})
exports.cancelOrder = (async ({ orderId }) => {
  const all = load()
  const o = all.find(x => x.orderId === orderId)
  if (!o) return no('没有订单 ' + orderId)
  o.status = '已取消'
  save(all)
  return ok('已取消', { orderId, status: o.status })
})
