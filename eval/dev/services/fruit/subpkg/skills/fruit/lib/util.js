const GOODS = require('./goods.js')
const yuan = n => Math.round(n * 100) / 100
exports.err = text => ({ isError: true, content: [{ type: 'text', text }] })
exports.load = () => wx.getStorageSync('fruit_basket') || []
exports.store = b => wx.setStorageSync('fruit_basket', b)
exports.view = b => {
  const basket = b.map(x => { const g = GOODS.find(y => y.sku === x.sku); return { sku: x.sku, name: g.name + ' ' + g.spec, num: x.num, subtotal: yuan(g.price * x.num) } })
  return { basket, goodsAmount: yuan(basket.reduce((s, x) => s + x.subtotal, 0)) }
}
exports.yuan = yuan
