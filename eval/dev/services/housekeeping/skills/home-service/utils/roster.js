// 排班：08:00 - 18:00 整点上门
const OPEN = 8
const LAST = 18
const DAY = 24 * 3600 * 1000

const pad = n => (n < 10 ? '0' + n : '' + n)
const at = (date, hour) => Date.parse(date + 'T' + pad(hour) + ':00:00+08:00')

// 每周末上午、以及每天 10 点的保洁阿姨比较紧张
function left(code, date, hour) {
  const weekday = new Date(at(date, 12) + 8 * 3600 * 1000).getUTCDay()
  if (code.startsWith('RC') && hour === 10) return 0
  if (weekday === 0 && hour < 12) return 0
  if (code.startsWith('ZL') && hour > 15) return 0
  return 1 + ((hour * 7 + code.charCodeAt(3)) % 4)
}

function slotsOf(code, date) {
  const out = []
  for (let h = OPEN; h <= LAST; h++) {
    const soon = at(date, h) < Date.now() + 2 * 3600 * 1000
    out.push({ slotId: date.split('-').join('') + '-' + pad(h) + '-' + code, start: pad(h) + ':00', left: soon ? 0 : left(code, date, h) })
  }
  return out
}

function dateError(date) {
  const t = at(date, 23)
  if (isNaN(t)) return '日期写法不对，请用 YYYY-MM-DD'
  if (t < Date.now()) return '不能约过去的日期'
  if (t > Date.now() + 15 * DAY) return '最多提前 14 天预约'
  return ''
}

module.exports = { slotsOf, dateError }
