import SHANGPIN from './shuju/shangpin'

export const zhao = (spbh) => SHANGPIN.find((s) => s.spbh === String(spbh))
export const wen = (text) => [{ type: 'text', text }]
export const cuo = (text) => ({ isError: true, content: wen(text) })
const du = (key) => my.getStorageSync({ key }).data || []
const xie = (key, data) => my.setStorageSync({ key, data })
export const duChe = () => du('hl_gwc')
export const xieChe = (v) => xie('hl_gwc', v)
export const duDan = () => du('hl_dd')
export const xieDan = (v) => xie('hl_dd', v)
export const yuan = (n) => Math.round(n * 100) / 100

export function che() {
  const gwc = duChe().map(({ spbh, sl }) => {
    const s = zhao(spbh)
    return { spbh, spmc: s.spmc, sl, xj: yuan(s.dj * sl) }
  })
  return { gwc, heji: yuan(gwc.reduce((n, g) => n + g.xj, 0)) }
}

const pad = (n) => String(n).padStart(2, '0')
export function shiduan(rq) {
  const out = []
  for (let h = 8; h < 21; h++) {
    const kaishi = Date.parse(`${rq}T${pad(h)}:00:00+08:00`)
    out.push({ sdbh: `${rq}/${pad(h)}`, wz: `${rq} ${pad(h)}:00-${pad(h + 1)}:00`, ky: kaishi > Date.now() && h !== 18 })
  }
  return out
}
