const ITEMS = require('../data/items.js')
const { slotsOf, dateError } = require('../utils/roster.js')
const { ok, fail } = require('../utils/reply.js')

async function querySlots({ code, date } = {}) {
  const item = ITEMS.find(i => i.code === code)
  if (!item) return fail('没有编码为 ' + code + ' 的服务，请先用 queryItems 查询')
  const wrong = dateError(String(date))
  if (wrong) return fail(wrong)
  const slots = slotsOf(code, date)
  const free = slots.filter(s => s.left > 0)
  return ok(free.length ? date + ' ' + item.name + ' 可约：' + free.map(s => s.start).join('、') : date + ' 已约满，请换一天', { date, slots })
}

module.exports = querySlots
