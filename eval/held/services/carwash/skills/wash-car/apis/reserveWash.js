const service = require('../service.js')

module.exports = async function reserveWash(args) {
  return service.reserveWash(args || {})
}
