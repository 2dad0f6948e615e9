const service = require('../service.js')

module.exports = async function cancelOrder(args) {
  return service.cancelOrder(args || {})
}
