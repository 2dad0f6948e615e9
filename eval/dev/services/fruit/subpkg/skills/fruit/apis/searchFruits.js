const GOODS = require('../lib/goods.js')
module.exports = async function searchFruits({ keyword = '' }) {
  const k = keyword.toLowerCase().trim()
  const goods = GOODS.filter(g => g.name.includes(k) || g.en.toLowerCase().includes(k) || k.split(/\s+/).every(w => (g.en + ' ' + g.name).toLowerCase().includes(w.replace(/s$/, ''))))
    .map(g => ({ sku: g.sku, name: g.name, spec: g.spec, price: g.price, soldOut: !!g.soldOut }))
  return {
    content: [{ type: 'text', text: goods.length ? `找到 ${goods.length} 种。请按用户要的规格加入果篮。` : `没有「${keyword}」。可换个水果名再搜，禁止编造商品。` }],
    structuredContent: { goods },
    handoff: { query: `kw=${encodeURIComponent(keyword)}` }
  }
}
