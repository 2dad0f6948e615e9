const service = require('../service.js')

module.exports = async function getDelivery(args) {
  return service.getDelivery(args || {})
}
