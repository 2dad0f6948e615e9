const orders = require('../lib/orders.js')
const shop = require('../lib/shop.js')
const { ok, fail } = require('../lib/reply.js')

async function cancelOrder({ orderNo } = {}) {
  const order = orders.find(orderNo)
  if (!order) return fail('没有订单 ' + orderNo + '。')
  if (order.status === 'cancelled') return ok('订单 ' + orderNo + ' 早已取消。', { orderNo, status: order.status, refundAmount: 0 })
  const refundAmount = order.status === 'paid' ? order.payable : 0
  order.lines.forEach(l => shop.sell(order.outletId, l.sku, -l.quantity))
  order.status = 'cancelled'
  orders.save(order)
  return ok('订单 ' + orderNo + ' 已取消' + (refundAmount ? '，' + refundAmount + ' 元将原路退回' : '') + '。', { orderNo, status: order.status, refundAmount })
}

module.exports = cancelOrder
