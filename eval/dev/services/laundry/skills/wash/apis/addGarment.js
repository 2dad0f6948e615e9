const service = require('../service.js')

module.exports = async function addGarment(args) {
  return service.addGarment(args || {})
}
