const { find, fail, get, set } = require('../utils/repo.js')

async function lockSeats(args) {
  const { sessionId, zoneId, count } = args || {}
  const hit = find(sessionId)
  if (!hit) return fail('场次不存在，请重新查询场次。')
  const zone = hit.session.zones.find((z) => z.zoneId === zoneId)
  if (!zone) return fail('座区不属于该场次，请用该场次返回的 zoneId。')
  if (!(count >= 1 && count <= 6)) return fail('每单 1 至 6 张，请核对张数。')
  if (zone.left < count) return fail(`${zone.zoneName}余票不足，请换座区或场次。`)
  const locks = get('mq_locks')
  const lockId = 'LK' + (Object.keys(locks).length + 1) + sessionId.slice(-3)
  const seats = Array.from({ length: count }, (_, i) => `${zone.zoneName}7排${8 + i}座`)
  const totalFen = zone.priceFen * count
  const expireAt = Date.now() + 600000
  locks[lockId] = { sessionId, zoneId, zoneName: zone.zoneName, count, seats, totalFen, expireAt }
  set('mq_locks', locks)
  return {
    content: [{ type: 'text', text: `已锁 ${count} 座，10 分钟内提交订单。` }],
    structuredContent: { lockId, seats, totalFen, expireAt }
  }
}
module.exports = lockSeats
