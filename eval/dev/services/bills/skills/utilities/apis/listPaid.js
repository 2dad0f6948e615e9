const service = require('../service.js')

module.exports = async function listPaid(args) {
  return service.listPaid(args || {})
}
