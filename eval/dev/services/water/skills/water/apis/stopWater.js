const service = require('../service.js')

module.exports = async function stopWater(args) {
  return service.stopWater(args || {})
}
