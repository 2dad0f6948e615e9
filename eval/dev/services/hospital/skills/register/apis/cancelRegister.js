const all = require('./all.js')

module.exports = async function cancelRegister(args) {
  return all.cancelRegister(args || {})
}
