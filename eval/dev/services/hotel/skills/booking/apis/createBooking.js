const service = require('../service.js')

module.exports = async function createBooking(args) {
  return service.createBooking(args || {})
}
