const service = require('../service.js')

module.exports = async function bookHair(args) {
  return service.bookHair(args || {})
}
