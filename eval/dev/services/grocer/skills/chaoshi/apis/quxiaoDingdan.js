import { wen, cuo, duDan, xieDan } from '../gongju'

export async function quxiaoDingdan({ ddh } = {}) {
  const dan = duDan()
  const d = dan.find((x) => x.ddh === ddh)
  if (!d || d.zt === '已取消') return cuo('没有可以取消的订单')
  d.zt = '已取消'
  xieDan(dan)
  return { content: wen('订单已取消'), structuredContent: { ddh, zt: d.zt } }
}
