const { load, store, view, err, yuan } = require('../lib/util.js')
const END = { A: '12:00', B: '18:00', C: '21:00' }
module.exports = async function submitBasket({ receiver, sendDate, slot, memo }) {
  const b = load()
  if (!b.length) return err('果篮是空的，请先加入水果')
  if (!receiver || !receiver.name || !/^1\d{10}$/.test(receiver.tel || '') || !receiver.addr) return err('收货人信息不完整，需要姓名、手机号和地址')
  if (!END[slot]) return err('时段只能是 A、B、C')
  if (!(Date.parse(`${sendDate}T${END[slot]}:00+08:00`) - 3600000 > Date.now())) return err('这个时段已经截单，请选后面的时段')
  const v = view(b)
  const freight = v.goodsAmount >= 59 ? 0 : 6
  const orders = wx.getStorageSync('fruit_orders') || {}
  const orderNo = 'XG' + (70001 + Object.keys(orders).length)
  orders[orderNo] = { orderNo, lines: v.basket, receiver, sendDate, slot, memo: memo || '', goodsAmount: v.goodsAmount, freight, payAmount: yuan(v.goodsAmount + freight), status: 'WAIT_PAY' }
  wx.setStorageSync('fruit_orders', orders)
  store([])
  const o = orders[orderNo]
  return {
    content: [{ type: 'text', text: `订单 ${orderNo} 待付款 ${o.payAmount} 元。请引导用户点卡片去付款。` }],
    structuredContent: { orderNo, goodsAmount: o.goodsAmount, freight, payAmount: o.payAmount, status: 'WAIT_PAY' },
    handoff: { query: `orderNo=${orderNo}`, card: { title: '去付款' } }
  }
}
