const { ok, fail, load, save } = require('../utils/reply.js')

async function cancelOrder({ orderSn } = {}) {
  const list = load()
  const o = list.find(x => x.orderSn === orderSn)
  if (!o) return fail('没有订单 ' + orderSn)
  if (o.status === 90) return fail('订单已经取消过了')
  o.status = 90
  save(list)
  return ok('已取消 ' + o.name, { orderSn, status: 90 })
}

module.exports = cancelOrder
