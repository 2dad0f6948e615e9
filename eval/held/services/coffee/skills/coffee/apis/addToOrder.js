const service = require('../service.js')

module.exports = async function addToOrder(args) {
  return service.addToOrder(args || {})
}
