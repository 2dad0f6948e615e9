const service = require('../service.js')

module.exports = async function submitBasket(args) {
  return service.submitBasket(args || {})
}
