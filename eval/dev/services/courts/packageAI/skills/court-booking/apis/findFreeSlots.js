const { VENUES, DEFAULT, free, bookable } = require('../lib/venue')
const db = require('../lib/db')

module.exports = async function findFreeSlots({ sport, play_date, venue_id, from_hour } = {}) {
  const wrong = bookable(String(play_date))
  if (wrong) return { isError: true, content: db.text(wrong) }
  const venue = venue_id || DEFAULT[sport]
  const v = VENUES[venue]
  if (!v || !v.courts[sport]) {
    const others = Object.keys(VENUES).filter(k => VENUES[k].courts[sport]).map(k => k + ' ' + VENUES[k].name)
    return { isError: true, content: db.text('这个馆没有该项目 no such court here. 可选 venues with it: ' + (others.join(', ') || '无 none')) }
  }
  const free_slots = free(venue, sport, play_date, from_hour, db.mine())
  return {
    content: db.text(free_slots.length ? v.name + ' ' + play_date + ' 有 ' + free_slots.length + ' 个空场时段' : v.name + ' ' + play_date + ' 没有空场了 fully booked'),
    structuredContent: { venue_id: venue, venue_name: v.name, free_slots }
  }
}
