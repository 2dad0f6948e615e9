const MENU = require('../menu.js')

async function getMenu(params = {}) {
  const k = String((params || {}).keyword || '').trim().toLowerCase()
  let list = MENU.filter(d => !k || d.name.includes(k) || k.includes(d.name) || d.category === k || d.en.toLowerCase().includes(k))
  if (!list.length) list = MENU
  const dishes = list.map(d => ({ dishId: d.dishId, name: d.name, en: d.en, category: d.category, price: d.price, soldOut: !!d.soldOut }))
  return {
    content: [{ type: 'text', text: `共 ${dishes.length} 样。请让用户选择，选好后提交点单。` }],
    structuredContent: { dishes },
    handoff: { query: 'keyword=' + encodeURIComponent(k) }
  }
}

module.exports = getMenu
