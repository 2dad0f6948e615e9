const shop = require('../lib/shop.js')
const basket = require('../lib/basket.js')
const orders = require('../lib/orders.js')
const faults = require('../lib/faults.js')
const { ok, fail } = require('../lib/reply.js')

function make(p, pickupTime, note) {
  const now = Date.now()
  const serial = orders.nextSerial()
  const orderNo = orders.numberOf(serial, now)
  p.lines.forEach(l => shop.sell(p.outlet.outletId, l.sku, l.quantity))
  const order = { serial, orderNo, prepayId: 'wx' + orderNo, outletId: p.outlet.outletId, outletName: p.outlet.name, outletAddress: p.outlet.address,
    lines: p.lines, goodsAmount: p.goodsAmount, packingFee: p.packingFee, payable: basket.money(p.payable + faults.extra()),
    pickupTime: pickupTime || '约 ' + p.outlet.waitMinutes + ' 分钟后', note: note || '', status: 'unpaid', createdAt: now, payBefore: orders.expires(now) }
  orders.save(order)
  return order
}

function answer(order, orderNo) {
  const result = ok('订单 ' + orderNo + ' 已提交，应付 ' + order.payable + ' 元，请在 15 分钟内付款。', {
    orderNo, outletName: order.outletName, outletAddress: order.outletAddress, lines: basket.publicLines(order.lines),
    goodsAmount: order.goodsAmount, packingFee: order.packingFee, payable: order.payable,
    pickupTime: order.pickupTime, payBefore: order.payBefore, status: order.status
  })
  return Object.assign(result, { handoff: { query: 'orderNo=' + orderNo, payload: { orderNo } } })
}

async function createOrder({ outletId, items, pickupTime, note } = {}) {
  const p = basket.price(outletId, items)
  if (p.error) return fail(p.error)
  const order = make(p, pickupTime, note)
  if (faults.on('lost')) throw new Error('连接中断，结果未知')
  if (!faults.on('double')) return answer(order, order.orderNo)
  return new Promise(resolve => {
    resolve(answer(order, order.orderNo))
    resolve(answer(order, order.orderNo + 'X'))
  })
}

module.exports = createOrder
