const CAKES = require('../cakes.js')
module.exports = async function findCakes({ keyword = '' } = {}) {
  const k = keyword.toLowerCase()
  const cakes = CAKES.filter(c => !k || [c.name, c.nameEn, c.flavour, ...c.tags].some(w => w.toLowerCase().includes(k) || k.includes(w.toLowerCase()))).map(({ tags, ...c }) => c)
  return { content: [{ type: 'text', text: cakes.length + ' 款蛋糕' }], structuredContent: { cakes }, handoff: { query: 'k=' + encodeURIComponent(keyword) } }
}
