const shop = require('../lib/shop.js')
const { ok, fail } = require('../lib/reply.js')

async function browseMenu({ keyword, outletId } = {}) {
  if (outletId && !shop.outlet(outletId)) return fail('没有门店 ' + outletId + '。')
  const word = String(keyword || '').trim().toLowerCase()
  const hits = shop.MENU.filter(p => !word || shop.matches(p, word))
  const items = hits.map(p => {
    const left = shop.left(outletId || shop.OUTLETS[0].outletId, p)
    return { sku: p.sku, name: p.name, nameEn: p.nameEn, aliases: p.aliases || [], category: shop.category(p), price: p.price, soldOut: left === 0, left }
  })
  const text = items.length ? '找到 ' + items.length + ' 款。' : '菜单里没有「' + (keyword || '') + '」。可以换个说法，或不填关键词看全部。'
  return Object.assign(ok(text, { items, matched: items.length }), { handoff: { query: 'keyword=' + encodeURIComponent(word) } })
}

module.exports = browseMenu
