const { SHOWS } = require('../utils/repo.js')
const SIZE = 3

async function searchShows(args) {
  const keyword = String((args && args.keyword) || '').trim().toLowerCase().replace(/[《》]/g, '')
  const pageNo = (args && args.pageNo) || 1
  const hit = SHOWS.filter((s) => !keyword || s.title.toLowerCase().replace(/[《》]/g, '').includes(keyword) || s.genre.includes(keyword) || s.venue[1].includes(keyword) || s.en.toLowerCase().includes(keyword))
  const shows = hit.slice((pageNo - 1) * SIZE, pageNo * SIZE).map((s) => ({
    showId: s.showId,
    title: s.title + ' ' + s.en,
    genre: s.genre,
    venue: { venueId: s.venue[0], venueName: s.venue[1] },
    period: s.times[0].slice(0, 10) + (s.times.length > 1 ? ' 至 ' + s.times[s.times.length - 1].slice(0, 10) : ''),
    fromFen: Math.min(...s.zones.map((z) => z[1]))
  }))
  const hasMore = pageNo * SIZE < hit.length
  return {
    content: [{ type: 'text', text: shows.length ? `本页 ${shows.length} 个演出${hasMore ? '，还有下一页' : ''}。` : '没有找到相关演出，请换个关键词，不要编造演出。' }],
    structuredContent: { shows, pageNo, hasMore },
    handoff: { query: { keyword } }
  }
}
module.exports = searchShows
