const service = require('../service.js')

module.exports = async function cancelWash(args) {
  return service.cancelWash(args || {})
}
