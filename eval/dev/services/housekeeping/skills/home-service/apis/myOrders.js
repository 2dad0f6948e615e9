const { ok, load, brief } = require('../utils/reply.js')

async function myOrders() {
  const orders = load().map(brief)
  return ok(orders.length ? '共 ' + orders.length + ' 个预约' : '还没有预约', { orders })
}

module.exports = myOrders
