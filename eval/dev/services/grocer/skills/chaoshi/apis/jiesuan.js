import { wen, cuo, che, xieChe, duDan, xieDan, shiduan, yuan } from '../gongju'

export async function jiesuan({ dizhi, dianhua = '', sdbh = '', beizhu = '', daizi = false } = {}) {
  const { gwc, heji } = che()
  if (!gwc.length) return cuo('购物车是空的，先用 jiaGouwuche 放商品')
  if (heji < 39) return cuo(`满 39 元起送，现在 ${heji} 元，还差 ${yuan(39 - heji)} 元`)
  if (!dizhi || dizhi.length < 6) return cuo('收货地址不完整，需要门牌号')
  let sd = '尽快送达'
  if (sdbh) {
    const xuan = shiduan(sdbh.slice(0, 10)).find((s) => s.sdbh === sdbh)
    if (!xuan) return cuo('没有这个时段，请用 peisongShiduan 查询')
    if (!xuan.ky) return cuo(`${xuan.wz} 约满了，换一个时段`)
    sd = xuan.wz
  }
  const yunfei = heji >= 69 ? 0 : 6
  const dan = duDan()
  const d = { ddh: `HL${5600 + dan.length}`, mx: gwc, heji, yunfei, daizi: !!daizi, yfje: yuan(heji + yunfei + (daizi ? 0.5 : 0)), dizhi, dianhua, sdbh, sd, beizhu, zt: '待付款' }
  xieDan([...dan, d])
  xieChe([])
  return {
    content: wen(`订单 ${d.ddh}，应付 ${d.yfje} 元（含运费 ${yunfei} 元），${sd}`),
    structuredContent: { ddh: d.ddh, mx: gwc.map(({ spmc, sl, xj }) => ({ spmc, sl, xj })), yunfei, yfje: d.yfje, sd, zt: d.zt }
  }
}
