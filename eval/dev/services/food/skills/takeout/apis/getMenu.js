const service = require('../service.js')

module.exports = async function getMenu(args) {
  return service.getMenu(args || {})
}
