const service = require('../service.js')

module.exports = async function brandList(args) {
  return service.brandList(args || {})
}
