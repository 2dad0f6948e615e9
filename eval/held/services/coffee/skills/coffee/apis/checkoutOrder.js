const service = require('../service.js')

module.exports = async function checkoutOrder(args) {
  return service.checkoutOrder(args || {})
}
