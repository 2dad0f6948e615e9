const service = require('../service.js')

module.exports = async function newOrder(args) {
  return service.newOrder(args || {})
}
