const service = require('../service.js')

module.exports = async function priceList(args) {
  return service.priceList(args || {})
}
