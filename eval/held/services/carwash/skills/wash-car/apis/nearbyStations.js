const service = require('../service.js')

module.exports = async function nearbyStations(args) {
  return service.nearbyStations(args || {})
}
