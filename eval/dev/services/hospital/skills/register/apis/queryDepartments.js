const all = require('./all.js')

module.exports = async function queryDepartments(args) {
  return all.queryDepartments(args || {})
}
