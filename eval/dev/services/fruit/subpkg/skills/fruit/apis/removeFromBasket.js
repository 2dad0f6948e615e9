const { load, store, view } = require('../lib/util.js')
module.exports = async function removeFromBasket({ sku }) {
  const b = load().filter(x => x.sku !== sku)
  store(b)
  const v = view(b)
  return { content: [{ type: 'text', text: '已移除' }], structuredContent: v }
}
