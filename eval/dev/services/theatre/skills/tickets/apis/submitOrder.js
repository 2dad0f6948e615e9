const { find, fail, get, set } = require('../utils/repo.js')

async function submitOrder(args) {
  const { lockId, buyer = {}, delivery = {} } = args || {}
  const locks = get('mq_locks')
  const lock = locks[lockId]
  if (!lock || lock.used || lock.expireAt < Date.now()) return fail('锁座已失效，请重新锁座。')
  if (!buyer.name || !/^1\d{10}$/.test(buyer.mobile || '')) return fail('请提供购票人姓名和 11 位手机号。')
  const mode = delivery.mode || 'E'
  if (mode === 'P' && !delivery.address) return fail('纸质票需要收件地址。')
  const { show, time } = find(lock.sessionId)
  const orders = get('mq_orders')
  const orderId = 'MQ' + (600100 + Object.keys(orders).length)
  orders[orderId] = { orderId, showId: show.showId, title: show.title, sessionId: lock.sessionId, startAt: time, zoneName: lock.zoneName, count: lock.count, seats: lock.seats, totalFen: lock.totalFen, buyerName: buyer.name, buyerMobile: buyer.mobile, mode, address: mode === 'P' ? delivery.address : '', status: 'WAIT_PAY' }
  set('mq_orders', orders)
  lock.used = true
  set('mq_locks', locks)
  return {
    content: [{ type: 'text', text: `订单 ${orderId} 待付款。请用户在订单页付款，不要代付。` }],
    structuredContent: { orderId, title: show.title, startAt: time, totalFen: lock.totalFen, status: 'WAIT_PAY' },
    handoff: { query: { orderNo: orderId }, card: { title: '确认订单并付款' } }
  }
}
module.exports = submitOrder
