const service = require('../service.js')

module.exports = async function payBill(args) {
  return service.payBill(args || {})
}
