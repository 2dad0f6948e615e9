const service = require('../service.js')

module.exports = async function listBills(args) {
  return service.listBills(args || {})
}
