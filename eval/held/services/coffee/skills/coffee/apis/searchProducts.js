const service = require('../service.js')

module.exports = async function searchProducts(args) {
  return service.searchProducts(args || {})
}
