const basket = require('../lib/basket.js')
const orders = require('../lib/orders.js')
const { ok, fail } = require('../lib/reply.js')

async function previewOrder({ outletId, items, pickupTime } = {}) {
  const p = basket.price(outletId, items)
  if (p.error) return fail(p.error)
  return ok('这一单应付 ' + p.payable + ' 元。', {
    outletName: p.outlet.name, outletAddress: p.outlet.address, lines: basket.publicLines(p.lines),
    goodsAmount: p.goodsAmount, packingFee: p.packingFee, payable: p.payable,
    pickupTime: pickupTime || '约 ' + p.outlet.waitMinutes + ' 分钟后', validUntil: orders.expires(Date.now())
  })
}

module.exports = previewOrder
