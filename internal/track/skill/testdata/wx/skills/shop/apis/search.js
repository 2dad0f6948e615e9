const goods = require('/data/goods.json')
const { price } = require('../lib')
module.exports = async function ({ keyword }) {
  const items = goods.filter((g) => !keyword || g.name.includes(keyword)).map((g) => ({ ...g, price: price(g) }))
  return { content: [{ type: 'text', text: `找到 ${items.length} 件。` }], structuredContent: { items }, _meta: { secret: 'hidden' } }
}
