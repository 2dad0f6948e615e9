const service = require('../service.js')

module.exports = async function cancelLaundry(args) {
  return service.cancelLaundry(args || {})
}
