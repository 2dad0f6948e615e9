const all = require('./all.js')

module.exports = async function querySlots(args) {
  return all.querySlots(args || {})
}
