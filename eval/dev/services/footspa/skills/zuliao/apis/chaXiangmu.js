const { ok } = require('../base')
const { XM } = require('../data')

exports.chaXiangmu = async function chaXiangmu(args) {
  const a = args || {}
  const k = a.gjz || ''
  const xmlb = XM.filter((x) => !k || x.xmmc.includes(k) || x.sm.includes(k) || k.includes(x.xmmc))
  return ok(xmlb.length ? xmlb.length + ' 个项目' : '没有这个项目', { xmlb })
}
