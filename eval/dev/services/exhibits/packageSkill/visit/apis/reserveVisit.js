import { EXHIBITIONS, GUIDE_PRICE } from '../data/exhibitions'
import { sessionsOf, fail, load, save } from './util'

export async function reserveVisit({ sessionId, adults = 0, children = 0, seniors = 0, contactName, contactPhone, guide = false }) {
  const [exhibitId, visitDate] = String(sessionId).split('|')
  const show = EXHIBITIONS.find((e) => e.exhibitId === exhibitId)
  const session = show && sessionsOf(exhibitId, visitDate).find((s) => s.sessionId === sessionId)
  if (!session) return fail('场次不存在，请重新查询场次。')
  const people = adults + children + seniors
  if (people < 1) return fail('请说明几位参观：成人、儿童、长者各几位。')
  if (session.left < people) return fail(`${session.label}已约满，请换其他场次。`)
  if (!contactName || !/^1\d{10}$/.test(contactPhone || '')) return fail('请提供联系人姓名和手机号。')
  const payable = show.adultPrice * adults + show.halfPrice * (children + seniors) + (guide ? GUIDE_PRICE : 0)
  const all = load()
  const reserveNo = 'HT' + (8001 + Object.keys(all).length)
  const state = payable ? '待支付' : '已预约'
  all[reserveNo] = { reserveNo, exhibitId, title: show.title, visitDate, label: session.label, startTime: session.startTime, adults, children, seniors, contactName, contactPhone, guide, payable, state }
  save(all)
  return {
    content: [{ type: 'text', text: payable ? `预约 ${reserveNo} 待支付 ${payable} 元` : `预约成功，预约号 ${reserveNo}` }],
    structuredContent: { reserveNo, title: show.title, visitDate, startTime: session.startTime, payable, state },
    handoff: { query: { orderNo: reserveNo }, card: { title: '参观预约' } }
  }
}
