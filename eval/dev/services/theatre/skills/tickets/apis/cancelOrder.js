const { fail, get, set } = require('../utils/repo.js')

async function cancelOrder(args) {
  const orders = get('mq_orders')
  const o = orders[(args || {}).orderId]
  if (!o) return fail('没有这个订单。')
  o.status = 'CLOSED'
  set('mq_orders', orders)
  return { content: [{ type: 'text', text: '订单已关闭，座位已释放。' }], structuredContent: { orderId: o.orderId, status: 'CLOSED' } }
}
module.exports = cancelOrder
