const shop = require('./shop.js')
const { choose } = require('./options.js')

const MAX_LINES = 20
const MAX_QUANTITY = 30

const money = n => Math.round(n * 100) / 100

// 校验一份订单并算价；返回 {outlet, lines, goodsAmount, packingFee, payable} 或 {error}
function price(outletId, items) {
  const outlet = shop.outlet(outletId)
  if (!outlet) return { error: '没有门店 ' + outletId + '。请先用门店查询取得 outletId。' }
  if (!Array.isArray(items) || items.length === 0) return { error: 'items 不能为空。' }
  if (items.length > MAX_LINES) return { error: '一单最多 ' + MAX_LINES + ' 行。' }
  const lines = []
  const wanted = {}
  for (let i = 0; i < items.length; i++) {
    const line = priceLine(outletId, items[i] || {}, i + 1, wanted)
    if (line.error) return line
    lines.push(line)
  }
  const goodsAmount = money(lines.reduce((sum, l) => sum + l.lineAmount, 0))
  const cups = lines.reduce((sum, l) => sum + l.quantity, 0)
  const packingFee = cups > 4 ? 2 : 0
  return { outlet, lines, goodsAmount, packingFee, payable: money(goodsAmount + packingFee) }
}

function priceLine(outletId, item, lineNo, wanted) {
  const p = shop.product(item.sku)
  if (!p) return { error: '菜单里没有 ' + item.sku + '。请先用菜单查询取得 sku。' }
  const quantity = item.quantity === undefined ? 1 : item.quantity
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MAX_QUANTITY) return { error: p.name + '的数量应为 1 到 ' + MAX_QUANTITY + ' 的整数。' }
  wanted[p.sku] = (wanted[p.sku] || 0) + quantity
  const left = shop.left(outletId, p)
  if (wanted[p.sku] > left) return { error: left === 0 ? p.name + '已售罄，请换一款或换一家门店。' : p.name + '只剩 ' + left + ' 份。' }
  const chosen = choose(p, item)
  if (chosen.error) return { error: chosen.error + '。' }
  const unitPrice = money(p.price + chosen.extra)
  return { lineNo, sku: p.sku, name: p.name, nameEn: p.nameEn, quantity, unitPrice, lineAmount: money(unitPrice * quantity),
    size: chosen.size, sugar: chosen.sugar, temperature: chosen.temperature, toppings: chosen.toppings, optionText: chosen.texts.join('/') }
}

// 给模型和卡片看的行
function publicLines(lines) {
  return lines.map(l => ({ name: l.name, nameEn: l.nameEn, optionText: l.optionText, sugar: l.sugar, size: l.size, temperature: l.temperature,
    quantity: l.quantity, unitPrice: l.unitPrice, lineAmount: l.lineAmount }))
}

module.exports = { price, publicLines, money }
