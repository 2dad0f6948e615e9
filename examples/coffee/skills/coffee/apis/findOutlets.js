const shop = require('../lib/shop.js')
const { ok } = require('../lib/reply.js')

async function findOutlets({ place } = {}) {
  const outlets = shop.OUTLETS.map(o => ({
    outletId: o.outletId, name: o.name, nameEn: o.nameEn, address: o.address,
    distanceMeters: shop.distance(o, String(place || '')), hours: o.opens + '-' + o.closes, waitMinutes: o.waitMinutes
  })).sort((a, b) => a.distanceMeters - b.distanceMeters)
  const answer = ok('共 ' + outlets.length + ' 家门店，最近的是' + outlets[0].name + '。', { outlets })
  return Object.assign(answer, { handoff: { query: 'outletId=' + outlets[0].outletId } })
}

module.exports = findOutlets
