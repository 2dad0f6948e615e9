const CAKES = require('../cakes.js')
module.exports = async function bookCake(a) {
  const c = CAKES.find(x => x.cakeId === a.cakeId)
  const fail = text => ({ isError: true, content: [{ type: 'text', text }] })
  if (!c) return fail('没有这款蛋糕 / no such cake')
  if (!a.address || a.address.length < 4) return fail('请提供配送地址 / address missing')
  const at = Date.parse(String(a.deliverAt).replace(' ', 'T') + ':00+08:00')
  if (!(at > Date.now() + 3 * 3600 * 1000)) return fail('配送时间须晚于现在 3 小时 / too soon')
  const inches = a.inches || 6, quantity = a.quantity || 1
  const amount = Math.round(c.price * { 6: 1, 8: 1.5, 10: 2.2 }[inches]) * quantity
  const all = wx.getStorageSync('cake_orders') || {}
  const no = 'MS' + (20 + Object.keys(all).length)
  all[no] = { cakeOrderNo: no, cakeId: c.cakeId, name: c.name, inches, quantity, amount, deliverAt: a.deliverAt, address: a.address, greeting: a.greeting || '', candles: a.candles || 0, cutlery: a.cutlery || 6, status: '待付款' }
  wx.setStorageSync('cake_orders', all)
  const { cakeId, greeting, candles, cutlery, ...shown } = all[no]
  return { content: [{ type: 'text', text: '蛋糕订单 ' + no + ' 待付款 ' + amount + ' 元' }], structuredContent: shown, handoff: { query: { orderNo: no }, card: { title: '确认并付款' } } }
}
