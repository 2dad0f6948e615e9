const all = require('./all.js')

module.exports = async function registerSlot(args) {
  return all.registerSlot(args || {})
}
