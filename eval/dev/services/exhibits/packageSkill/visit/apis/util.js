import { FULL } from '../data/exhibitions'

export const fail = (text) => ({ isError: true, content: [{ type: 'text', text }] })

export function sessionsOf(exhibitId, visitDate) {
  const day = new Date(visitDate + 'T00:00:00Z').getUTCDay()
  if (Number.isNaN(day) || day === 1) return []
  const all = [['am', '上午场', '09:00', '11:30'], ['pm', '下午场', '13:00', '16:00']]
  if (day === 5 || day === 6) all.push(['night', '夜场', '18:00', '20:00'])
  return all.map(([k, label, startTime, endTime]) => ({
    sessionId: exhibitId + '|' + visitDate + '|' + k,
    label, startTime, endTime,
    left: FULL.includes(exhibitId + '|' + visitDate + '|' + k) ? 0 : 120
  }))
}

export const load = () => wx.getStorageSync('hetu.reservations') || {}
export const save = (all) => wx.setStorageSync('hetu.reservations', all)
