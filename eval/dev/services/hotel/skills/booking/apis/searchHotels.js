const service = require('../service.js')

module.exports = async function searchHotels(args) {
  return service.searchHotels(args || {})
}
