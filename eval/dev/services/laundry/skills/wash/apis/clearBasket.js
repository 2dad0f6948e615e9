const service = require('../service.js')

module.exports = async function clearBasket(args) {
  return service.clearBasket(args || {})
}
