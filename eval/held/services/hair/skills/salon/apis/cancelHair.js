const service = require('../service.js')

module.exports = async function cancelHair(args) {
  return service.cancelHair(args || {})
}
