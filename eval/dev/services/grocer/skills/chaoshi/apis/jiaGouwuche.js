import { zhao, wen, cuo, duChe, xieChe, che } from '../gongju'

export async function jiaGouwuche({ spbh, sl } = {}) {
  const s = zhao(spbh)
  if (!s) return cuo('没有这个商品，请先用 sousuo 搜索')
  const gwc = duChe()
  const yiyou = gwc.find((g) => g.spbh === s.spbh)
  const zong = (yiyou ? yiyou.sl : 0) + sl
  if (s.kucun === 0) return cuo(`${s.spmc} 卖完了，问问用户要不要换别的`)
  if (zong > s.kucun) return cuo(`${s.spmc} 只剩 ${s.kucun}`)
  if (yiyou) yiyou.sl = zong
  else gwc.push({ spbh: s.spbh, sl })
  xieChe(gwc)
  return { content: wen(`已放进购物车：${s.spmc} ${s.gg} ×${zong}`), structuredContent: che() }
}
