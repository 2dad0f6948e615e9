import SHANGPIN from '../shuju/shangpin'
import { wen } from '../gongju'

const MEIYE = 8

export async function sousuo({ gjc = '', ym = 1 } = {}) {
  const k = String(gjc).trim().toLowerCase()
  const zhong = SHANGPIN.filter((s) => s.spmc.toLowerCase().includes(k) || s.fl === k || s.bieming.includes(k))
  const sp = zhong.slice((ym - 1) * MEIYE, ym * MEIYE).map(({ spbh, spmc, gg, fl, dj, kucun }) => ({ spbh, spmc, gg, fl, dj, kucun }))
  const haiyou = zhong.length > ym * MEIYE
  return { content: wen(zhong.length ? `找到 ${zhong.length} 种` : `没有找到「${gjc}」，换个叫法试试`), structuredContent: { sp, ym, haiyou } }
}
