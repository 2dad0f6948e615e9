const service = require('../service.js')

module.exports = async function searchRestaurants(args) {
  return service.searchRestaurants(args || {})
}
