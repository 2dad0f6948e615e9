const WEEK = '日一二三四五六'
const std = (a, b, c) => [['池座', a], ['一层', b], ['二层', c]]
const SHOWS = [
  { showId: 'mq0417', title: '话剧《茶馆》', en: 'Teahouse', genre: '话剧', venue: ['V1', '首都剧场'], times: ['2026-11-27 19:30', '2026-11-28 14:30', '2026-11-28 19:30'], zones: std(58000, 38000, 18000) },
  { showId: 'mq0422', title: '音乐剧《猫》', en: 'Cats', genre: '音乐剧', venue: ['V2', '天桥艺术中心'], times: ['2026-11-28 19:30', '2026-11-29 14:00'], zones: std(88000, 58000, 28000) },
  { showId: 'mq0430', title: '周末开麦·脱口秀', en: 'Weekend Open Mic Stand-up', genre: '脱口秀', venue: ['V5', '鼓楼小剧场'], times: ['2026-11-27 20:00', '2026-11-28 20:00'], zones: [['不分区', 12000]] },
  { showId: 'mq0433', title: '儿童剧《小王子》', en: 'The Little Prince', genre: '儿童剧', venue: ['V4', '中国儿童剧场'], times: ['2026-11-28 10:30', '2026-11-29 10:30'], zones: std(26000, 18000, 8000) },
  { showId: 'mq0441', title: '德顺茶园相声专场', en: 'Crosstalk Night', genre: '相声', venue: ['V6', '德顺茶园'], times: ['2026-11-25 19:30', '2026-11-26 19:30'], zones: [['不分区', 10000]] },
  { showId: 'mq0450', title: '芭蕾舞剧《天鹅湖》', en: 'Swan Lake', genre: '芭蕾', venue: ['V3', '国家大剧院'], times: ['2026-12-05 19:30', '2026-12-06 14:30'], zones: std(98000, 68000, 32000), soldOut: ['mq0450-1-1'] },
  { showId: 'mq0458', title: '2027 新年音乐会', en: 'New Year Concert 2027', genre: '音乐会', venue: ['V3', '国家大剧院'], times: ['2026-12-31 19:30'], zones: std(120000, 80000, 40000) }
]
const fail = (text) => ({ isError: true, content: [{ type: 'text', text }] })
const weekday = (t) => WEEK[new Date(t.slice(0, 10) + 'T00:00:00Z').getUTCDay()]
function sessionsOf(s) {
  return s.times.map((t, i) => ({
    sessionId: `${s.showId}-${i + 1}`,
    startAt: `${t}（周${weekday(t)}）`,
    zones: s.zones.map(([zoneName, priceFen], j) => {
      const zoneId = `${s.showId}-${i + 1}-${j + 1}`
      return { zoneId, zoneName, priceFen, left: (s.soldOut || []).includes(zoneId) ? 0 : 40 - i * 6 - j }
    })
  }))
}
function find(sessionId) {
  for (const show of SHOWS) {
    const i = sessionsOf(show).findIndex((x) => x.sessionId === sessionId)
    if (i >= 0) return { show, session: sessionsOf(show)[i], time: show.times[i] }
  }
}
const get = (k) => wx.getStorageSync(k) || {}
module.exports = { SHOWS, fail, sessionsOf, find, get, set: (k, v) => wx.setStorageSync(k, v) }
