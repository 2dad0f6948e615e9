const service = require('../service.js')

module.exports = async function getStylists(args) {
  return service.getStylists(args || {})
}
