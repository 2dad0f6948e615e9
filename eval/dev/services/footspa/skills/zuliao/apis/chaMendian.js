const { ok, no } = require('../base')
const { MD } = require('../data')

exports.chaMendian = async function chaMendian(args) {
  const a = args || {}
  const mdlb = MD.filter((m) => !a.dq || m.dz.includes(a.dq) || m.mdmc.includes(a.dq))
  if (!mdlb.length) return no(a.dq + '没有门店。现有：' + MD.map((m) => m.mdmc).join('、'))
  return ok(mdlb.length + ' 家店', { mdlb })
}
