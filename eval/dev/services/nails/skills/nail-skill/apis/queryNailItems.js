const ITEMS = require('../data/items.js')
async function queryNailItems({ keyword } = {}) {
  const k = (keyword || '').toLowerCase()
  let hit = ITEMS.filter(i => !k || i.title.includes(k) || i.en.toLowerCase().includes(k) || k.includes(i.title))
  if (!hit.length) hit = ITEMS.filter(i => Array.from(k.replace(/美甲|做|个/g, '')).some(c => c.trim() && i.title.includes(c)))
  const items = hit.map(i => ({ itemId: i.itemId, title: i.title + ' ' + i.en, price: i.price, minutes: i.minutes }))
  return {
    isError: false,
    content: [{ type: 'text', text: items.length ? `共 ${items.length} 个项目。请让用户选择项目并告知到店时间。` : '没有这个项目，可查看全部项目。' }],
    structuredContent: { items },
    handoff: { query: 'from=agent' }
  }
}
module.exports = queryNailItems
