const service = require('../service.js')

module.exports = async function getTimes(args) {
  return service.getTimes(args || {})
}
