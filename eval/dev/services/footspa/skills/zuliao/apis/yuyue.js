const { ok, no, load, save } = require('../base')
const { MD, XM, JS } = require('../data')

exports.yuyue = async function yuyue(args) {
  const a = args || {}
  const md = MD.find((m) => m.mdbh === a.mdbh)
  const xm = XM.find((x) => x.xmbh === a.xmbh)
  if (!md) return no('没有这家店，先 chaMendian')
  if (!xm) return no('没有这个项目，先 chaXiangmu')
  const m = /^(\d{4})年(\d{1,2})月(\d{1,2})日\s*(\d{1,2}):(\d{2})$/.exec(String(a.ddsj).trim())
  if (!m) return no('到店时间写成 2026年11月30日 19:30 这样')
  const two = (s) => (s.length < 2 ? '0' + s : s)
  const t = Date.parse(m[1] + '-' + two(m[2]) + '-' + two(m[3]) + 'T' + two(m[4]) + ':' + m[5] + ':00+08:00')
  if (!(t > Date.now())) return no('这个时间已经过了')
  if (t > Date.now() + 7 * 86400000) return no('只能约 7 天以内')
  if (m[5] !== '00' && m[5] !== '30') return no('只能约整点或半点')
  if (Number(m[4]) < 12 || Number(m[4]) > 23 || (Number(m[4]) === 23 && m[5] === '30')) return no('营业 12:00-24:00，最晚 23:00 到店')
  if (a.gh) {
    const js = JS[md.mdbh].find((j) => j[0] === a.gh)
    if (!js) return no(md.mdmc + '没有 ' + a.gh + ' 号技师，有：' + JS[md.mdbh].map((j) => j[0]).join('、'))
    if (js[3] && t < Date.now() + 14 * 3600000) return no(a.gh + ' 号技师今天休息')
    if ((a.rs || 1) > 1) return no('指定技师只能约 1 位')
  }
  const list = load()
  const rs = a.rs || 1
  const lx = a.lx || {}
  const y = { yyh: 'KZ' + (410 + list.length), mdbh: md.mdbh, mdmc: md.mdmc, xmbh: xm.xmbh, xmmc: xm.xmmc, rs, ddsj: a.ddsj, sj: m[1] + '-' + two(m[2]) + '-' + two(m[3]) + ' ' + two(m[4]) + ':' + m[5], gh: a.gh || '', jsxb: a.jsxb || '', xm: lx.xm || '', dh: lx.sj || '', bz: a.bz || '', ddfk: xm.jg * rs, zt: '已预约' }
  save(list.concat(y))
  return ok('约好了，' + y.ddsj + ' ' + md.mdmc + '，到店付 ' + y.ddfk + ' 元', { yyh: y.yyh, mdmc: y.mdmc, xmmc: y.xmmc, rs, ddsj: y.ddsj, ddfk: y.ddfk, zt: y.zt })
}
