const { VENUES } = require('../lib/venue')
const db = require('../lib/db')

function pay(lock) {
  return new Promise((resolve, reject) => wx.requestPayment({
    timeStamp: String(Math.floor(Date.now() / 1000)), nonceStr: lock.lock_id, package: 'prepay_id=' + lock.lock_id, signType: 'RSA', paySign: 'x',
    success: resolve, fail: reject
  }))
}

module.exports = async function confirmLock({ lock_id } = {}) {
  const locks = db.locks()
  const lock = locks[lock_id]
  if (!lock || lock.used) return { isError: true, content: db.text('没有这个锁场号 no such lock') }
  if (lock.until < Date.now()) return { isError: true, content: db.text('锁场已超时，请重新锁场 lock expired, lock again') }
  try {
    await pay(lock)
  } catch (e) {
    return { isError: true, content: db.text('付款未完成，场地未订 not paid, not booked') }
  }
  lock.used = true
  db.saveLocks(locks)
  const all = db.bookings()
  const booking_id = 'SH' + (3100 + Object.keys(all).length)
  const { slot_ids, sport, venue_id, play_date, slots, total_price, player_phone } = lock
  all[booking_id] = { booking_id, slot_ids, sport, venue_id, play_date, slots, total_price, player_phone, state: 'booked' }
  db.saveBookings(all)
  return { content: db.text('订场成功 booked: ' + booking_id), structuredContent: { booking_id, venue_name: VENUES[venue_id].name, play_date, slots, total_price, state: 'booked' } }
}
