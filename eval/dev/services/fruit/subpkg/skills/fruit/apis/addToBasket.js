const GOODS = require('../lib/goods.js')
const { load, store, view, err } = require('../lib/util.js')
module.exports = async function addToBasket({ sku, num }) {
  const g = GOODS.find(x => x.sku === sku)
  if (!g) return err('没有这个商品，请先搜索')
  if (g.soldOut) return err(g.name + '已售罄')
  const b = load()
  const old = b.find(x => x.sku === sku)
  if (old) old.num += num || 1
  else b.push({ sku, num: num || 1 })
  store(b)
  const v = view(b)
  return { content: [{ type: 'text', text: `已加入果篮，商品合计 ${v.goodsAmount} 元。还有别的就继续加，加完再下单。` }], structuredContent: v }
}
