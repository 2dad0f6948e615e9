const { VENUES } = require('../lib/venue')
const db = require('../lib/db')

module.exports = async function listBookings() {
  const bookings = Object.values(db.bookings()).map(b => ({ booking_id: b.booking_id, venue_name: VENUES[b.venue_id].name, play_date: b.play_date, total_price: b.total_price, state: b.state }))
  return { content: db.text(bookings.length + ' bookings'), structuredContent: { bookings } }
}
