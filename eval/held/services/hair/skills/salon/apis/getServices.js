const service = require('../service.js')

module.exports = async function getServices(args) {
  return service.getServices(args || {})
}
