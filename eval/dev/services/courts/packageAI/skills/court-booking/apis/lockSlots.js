const { VENUES, free, parse, bookable } = require('../lib/venue')
const db = require('../lib/db')
const fail = t => ({ isError: true, content: db.text(t) })

module.exports = async function lockSlots({ slot_ids = [], player_phone } = {}) {
  const parsed = slot_ids.map(parse)
  if (!parsed.length || parsed.some(p => !p)) return fail('slot_id 不对，请用 findFreeSlots 返回的值')
  const first = parsed[0]
  if (parsed.some(p => p.venue !== first.venue || p.date !== first.date || p.sport !== first.sport)) return fail('一次只能锁同一个馆、同一天、同一项目')
  const wrong = bookable(first.date)
  if (wrong) return fail(wrong)
  const open = free(first.venue, first.sport, first.date, 0, db.mine())
  const slots = slot_ids.map(id => open.find(s => s.slot_id === id))
  const gone = slots.findIndex(s => !s)
  if (gone >= 0) {
    const same = open.filter(s => s.start.slice(0, 2) === String(parsed[gone].hour).padStart(2, '0'))
    return fail('场地 ' + slot_ids[gone] + ' 已被订走。' + (same.length ? '同一时段还有：' + same.map(s => s.slot_id).join(', ') : '这个时段没有空场了，可以换时间'))
  }
  const locks = db.locks()
  const lock_id = 'LK' + (7001 + Object.keys(locks).length)
  const rows = slots.map(({ court_no, start, end, price }) => ({ court_no, start, end, price }))
  locks[lock_id] = { lock_id, slot_ids, sport: first.sport, venue_id: first.venue, play_date: first.date, slots: rows, total_price: rows.reduce((n, r) => n + r.price, 0), player_phone: player_phone || '', until: Date.now() + 600000, used: false }
  db.saveLocks(locks)
  return {
    content: db.text('已锁场 10 分钟，共 ' + locks[lock_id].total_price + ' 元，请与用户确认后付款'),
    structuredContent: { lock_id, venue_name: VENUES[first.venue].name, play_date: first.date, slots: rows, total_price: locks[lock_id].total_price, expires_in: 600 }
  }
}
