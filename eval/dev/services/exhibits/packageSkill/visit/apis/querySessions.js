import { EXHIBITIONS } from '../data/exhibitions'
import { sessionsOf, fail } from './util'

export async function querySessions({ exhibitId, visitDate }) {
  if (!EXHIBITIONS.some((e) => e.exhibitId === exhibitId)) return fail('没有这个展览，请先查展览列表。')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(visitDate || '')) return fail('日期格式应为 YYYY-MM-DD。')
  const sessions = sessionsOf(exhibitId, visitDate)
  return {
    content: [{ type: 'text', text: sessions.length ? `${visitDate} 共 ${sessions.length} 场` : `${visitDate} 闭馆，请换一天。` }],
    structuredContent: { sessions },
    handoff: { query: { keyword: exhibitId } }
  }
}
