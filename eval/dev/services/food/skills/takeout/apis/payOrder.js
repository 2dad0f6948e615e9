const service = require('../service.js')

module.exports = async function payOrder(args) {
  return service.payOrder(args || {})
}
