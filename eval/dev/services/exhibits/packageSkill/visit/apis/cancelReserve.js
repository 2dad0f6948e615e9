import { fail, load, save } from './util'

export async function cancelReserve({ reserveNo }) {
  const all = load()
  if (!all[reserveNo]) return fail('没有这个预约号。')
  all[reserveNo].state = '已取消'
  save(all)
  return { content: [{ type: 'text', text: '预约已取消' }], structuredContent: { reserveNo, state: '已取消' } }
}
