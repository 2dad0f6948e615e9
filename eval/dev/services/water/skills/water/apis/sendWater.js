const service = require('../service.js')

module.exports = async function sendWater(args) {
  return service.sendWater(args || {})
}
