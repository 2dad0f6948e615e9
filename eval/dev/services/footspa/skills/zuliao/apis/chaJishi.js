const { ok, no } = require('../base')
const { JS } = require('../data')

exports.chaJishi = async function chaJishi(args) {
  const a = args || {}
  const js = JS[a.mdbh]
  if (!js) return no('没有这家店')
  return ok('技师 ' + js.length + ' 位', { jslb: js.map(([gh, xb, sc, xx]) => ({ gh, xb, sc, xx })) })
}
