const MENU = require('../menu.js')
const EXTRA = { beef: ['加肉', 12], noodle: ['加面', 3], egg: ['煎蛋', 4] }
const SPICY = ['不辣', '微辣', '中辣', '特辣']
const SHAPE = { thin: '细面', wide: '宽面', knife: '刀削' }

const fail = (text) => ({ isError: true, content: [{ type: 'text', text }] })

async function submitOrder(params = {}) {
  const { items, dineType = 'TAKE_AWAY', pickupTime = '' } = params || {}
  if (!Array.isArray(items) || !items.length) return fail('点单是空的，请先选菜。')
  if (pickupTime && !/^([01]\d|2[0-3]):[0-5]\d$/.test(pickupTime)) return fail('取餐时间格式为 HH:mm。')
  if (pickupTime && (pickupTime < '07:00' || pickupTime > '21:00')) return fail('我们 07:00-21:00 营业，请换个时间。')
  const rows = []
  for (const it of items) {
    const d = MENU.find(x => x.dishId === it.dishId)
    if (!d) return fail('没有编号为 ' + it.dishId + ' 的菜，请先看菜单。')
    if (d.soldOut) return fail(d.name + '今天估清了，请换一样。')
    const isNoodle = d.category === '面'
    const extras = isNoodle ? (it.extras || []).filter(e => EXTRA[e]) : []
    const row = { dishId: d.dishId, name: d.name, qty: it.qty || 1 }
    if (isNoodle) {
      row.spicy = it.spicy || 0
      row.noodle = SHAPE[it.noodle] ? it.noodle : 'thin'
      row.extras = extras
      row.noCilantro = !!it.noCilantro
    }
    row.amount = (d.price + extras.reduce((s, e) => s + EXTRA[e][1], 0)) * row.qty
    rows.push(row)
  }
  const total = rows.reduce((s, r) => s + r.amount, 0)
  const orders = wx.getStorageSync('wsmg_orders') || []
  const orderNo = 'A' + (101 + orders.length)
  orders.push({ orderNo, items: rows, dineType, pickupTime, total, status: 'unpaid' })
  wx.setStorageSync('wsmg_orders', orders)
  const lines = rows.map(r => `${r.name}x${r.qty}` + (r.noodle ? ` ${SPICY[r.spicy]} ${SHAPE[r.noodle]} ${r.extras.map(e => EXTRA[e][0]).join('')}` : ''))
  return {
    content: [{ type: 'text', text: `取餐号 ${orderNo}，合计 ${total} 元，请用户在订单页付款。` }],
    structuredContent: { orderNo, lines, total, status: 'unpaid' },
    handoff: { query: { orderNo }, card: { title: '去付款' } }
  }
}

module.exports = submitOrder
