const service = require('../service.js')

module.exports = async function listRooms(args) {
  return service.listRooms(args || {})
}
