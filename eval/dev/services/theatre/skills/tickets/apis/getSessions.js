const { SHOWS, sessionsOf, fail } = require('../utils/repo.js')

async function getSessions(args) {
  const show = SHOWS.find((s) => s.showId === (args || {}).showId)
  if (!show) return fail('演出不存在，请先检索演出。')
  const sessions = sessionsOf(show)
  return {
    content: [{ type: 'text', text: `${show.title} 共 ${sessions.length} 场。` }],
    structuredContent: { sessions },
    handoff: { query: { keyword: show.title } }
  }
}
module.exports = getSessions
