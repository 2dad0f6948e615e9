const { ok, load } = require('../base')

exports.wodeYuyue = async function wodeYuyue() {
  const yylb = load().map(({ yyh, mdmc, xmmc, ddsj, zt }) => ({ yyh, mdmc, xmmc, ddsj, zt }))
  return ok(yylb.length + ' 个预约', { yylb })
}
