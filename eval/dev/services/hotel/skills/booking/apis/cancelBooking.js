const service = require('../service.js')

module.exports = async function cancelBooking(args) {
  return service.cancelBooking(args || {})
}
