const db = require('../lib/db')

module.exports = async function refundBooking({ booking_id } = {}) {
  const all = db.bookings()
  const b = all[booking_id]
  if (!b || b.state !== 'booked') return { isError: true, content: db.text('没有可退的订场 nothing to refund: ' + booking_id) }
  const start = Date.parse(b.play_date + 'T' + b.slots[0].start + ':00+08:00')
  if (start < Date.now() + 4 * 3600000) return { isError: true, content: db.text('开场前 4 小时内不能退 too late to refund') }
  b.state = 'refunded'
  db.saveBookings(all)
  return { content: db.text('已退订并退款 refunded'), structuredContent: { booking_id, state: b.state } }
}
