const service = require('../service.js')

module.exports = async function previewOrder(args) {
  return service.previewOrder(args || {})
}
