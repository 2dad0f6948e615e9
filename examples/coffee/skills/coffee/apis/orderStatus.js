const orders = require('../lib/orders.js')
const basket = require('../lib/basket.js')
const { ok, fail } = require('../lib/reply.js')

async function orderStatus({ orderNo } = {}) {
  const order = orderNo ? orders.find(orderNo) : orders.latest()
  if (!order) return fail(orderNo ? '没有订单 ' + orderNo + '。' : '还没有订单。')
  return ok('订单 ' + order.orderNo + ' 状态：' + order.status + '。', {
    orderNo: order.orderNo, outletName: order.outletName, lines: basket.publicLines(order.lines), payable: order.payable,
    pickupTime: order.pickupTime, status: order.status, pickupCode: order.pickupCode || ''
  })
}

module.exports = orderStatus
