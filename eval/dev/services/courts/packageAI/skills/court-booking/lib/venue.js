const VENUES = {
  1: { name: '海淀馆 Haidian', courts: { badminton: ['B1', 'B2', 'B3', 'B4', 'B5', 'B6'], table_tennis: ['T1', 'T2', 'T3', 'T4'] } },
  2: { name: '望京馆 Wangjing', courts: { badminton: ['B1', 'B2', 'B3', 'B4'], tennis: ['N1', 'N2'], pickleball: ['P1', 'P2', 'P3'] } },
  3: { name: '奥森馆 Olympic Park', courts: { tennis: ['N1', 'N2', 'N3', 'N4'], badminton: ['B1', 'B2'] } }
}
const DEFAULT = { badminton: 1, table_tennis: 1, tennis: 3, pickleball: 2 }
const BASE = { badminton: 50, table_tennis: 25, tennis: 120, pickleball: 60 }
const CODE = { badminton: 'bd', table_tennis: 'tt', tennis: 'tn', pickleball: 'pk' }
const BY_CODE = { bd: 'badminton', tt: 'table_tennis', tn: 'tennis', pk: 'pickleball' }
const OPEN = 8
const CLOSE = 22
const two = n => String(n).padStart(2, '0')
const clock = (date, hour) => new Date(date + 'T' + two(hour) + ':00:00+08:00').getTime()

function price(sport, date, hour) {
  const day = new Date(clock(date, 12)).getUTCDay()
  const peak = hour >= 18 || day === 0 || day === 6
  return Math.round(BASE[sport] * (peak ? 1.6 : 1))
}

// what others have booked: stable, denser in the evening
function taken(venue, court, date, hour) {
  const n = Number(date.slice(8)) * 7 + hour * 3 + Number(court.slice(1)) * 5 + venue
  return hour === 20 || n % (hour >= 18 ? 3 : 5) === 0
}

function free(venue, sport, date, fromHour, mine) {
  const out = []
  for (const court of VENUES[venue].courts[sport] || []) {
    for (let h = Math.max(OPEN, fromHour || 0); h < CLOSE; h++) {
      const slot_id = venue + CODE[sport] + court.slice(1) + '-' + date.slice(2).replace(/-/g, '') + two(h)
      if (clock(date, h) <= Date.now() || taken(venue, court, date, h) || mine.includes(slot_id)) continue
      out.push({ slot_id, court_no: court, start: two(h) + ':00', end: two(h + 1) + ':00', price: price(sport, date, h) })
    }
  }
  return out.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.court_no < b.court_no ? -1 : 1))
}

function parse(slot_id) {
  const m = /^(\d)(bd|tt|tn|pk)(\d)-(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(slot_id)
  return m && { venue: Number(m[1]), sport: BY_CODE[m[2]], date: '20' + m[4] + '-' + m[5] + '-' + m[6], hour: Number(m[7]) }
}

function bookable(date) {
  const t = clock(date, 23)
  if (isNaN(t)) return 'play_date must be YYYY-MM-DD'
  if (t < Date.now()) return '这一天已经过去了 this day is over'
  if (t > Date.now() + 8 * 86400000) return '只能预订 7 天内的场地 bookings open 7 days ahead'
  return ''
}

module.exports = { VENUES, DEFAULT, free, parse, bookable }
