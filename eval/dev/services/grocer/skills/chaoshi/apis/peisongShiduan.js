import { wen, cuo, shiduan } from '../gongju'

export async function peisongShiduan({ rq } = {}) {
  const jin = new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10)
  const ri = rq || jin
  if (!/^\d{4}-\d{2}-\d{2}$/.test(ri) || ri < jin) return cuo('日期不对')
  if (Date.parse(ri) > Date.now() + 4 * 86400000) return cuo('最多预约 3 天内的时段')
  return { content: wen('可选时段'), structuredContent: { sd: shiduan(ri) } }
}
