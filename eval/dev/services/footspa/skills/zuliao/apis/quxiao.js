const { ok, no, load, save } = require('../base')

exports.quxiao = async function quxiao(args) {
  const a = args || {}
  const list = load()
  const y = list.find((x) => x.yyh === a.yyh && x.zt === '已预约')
  if (!y) return no('没有这个预约')
  y.zt = '已取消'
  save(list)
  return ok('取消了', { yyh: y.yyh, zt: y.zt })
}
