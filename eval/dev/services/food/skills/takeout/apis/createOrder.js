const service = require('../service.js')

module.exports = async function createOrder(args) {
  return service.createOrder(args || {})
}
