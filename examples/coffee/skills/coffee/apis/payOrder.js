const orders = require('../lib/orders.js')
const shop = require('../lib/shop.js')
const { ok, fail } = require('../lib/reply.js')

function pay(order) {
  return new Promise((resolve, reject) => {
    wx.requestPayment({ timeStamp: String(order.createdAt), nonceStr: order.orderNo, package: 'prepay_id=' + order.prepayId, signType: 'RSA', paySign: '', success: resolve, fail: reject })
  })
}

async function payOrder({ orderNo } = {}) {
  const order = orders.find(orderNo)
  if (!order) return fail('没有订单 ' + orderNo + '。')
  if (order.status !== 'unpaid') return fail('订单 ' + orderNo + ' 现在不能付款（' + order.status + '）。')
  try {
    await pay(order)
  } catch (err) {
    return fail('没有付款成功，订单仍为未付款，可以再试或取消。')
  }
  order.status = 'paid'
  order.pickupCode = String(100 + order.serial % 900)
  orders.save(order)
  const outlet = shop.outlet(order.outletId)
  return ok('已付款，取餐码 ' + order.pickupCode + '，请到' + outlet.name + '取餐。', { orderNo, status: order.status, payable: order.payable, pickupCode: order.pickupCode })
}

module.exports = payOrder
