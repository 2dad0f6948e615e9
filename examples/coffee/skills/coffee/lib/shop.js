const OUTLETS = require('../data/outlets.js')
const MENU = require('../data/menu.js')
const faults = require('./faults.js')

const CATEGORY = { espresso: '咖啡', tea: '茶饮', cold: '冷饮', food: '轻食烘焙' }
const SOLD = 'foothill_sold'

function category(product) {
  if (product.sku[0] === 'C') return '咖啡'
  return CATEGORY[product.kind]
}

function outlet(outletId) {
  return OUTLETS.find(o => o.outletId === outletId) || null
}

function product(sku) {
  return MENU.find(p => p.sku === sku) || null
}

// 剩余份数：不限量的为 999
function left(outletId, p) {
  if (faults.list('sold_out').indexOf(p.sku) >= 0) return 0
  if (p.stock === undefined) return 999
  const sold = wx.getStorageSync(SOLD) || {}
  return Math.max(0, p.stock - (sold[outletId + '/' + p.sku] || 0))
}

// 卖出（或退回，count 为负）
function sell(outletId, sku, count) {
  const sold = wx.getStorageSync(SOLD) || {}
  const key = outletId + '/' + sku
  sold[key] = Math.max(0, (sold[key] || 0) + count)
  wx.setStorageSync(SOLD, sold)
}

function distance(o, place) {
  const near = Object.keys(o.landmarks).filter(name => place && place.toLowerCase().indexOf(name.toLowerCase()) >= 0)
  if (near.length) return Math.min.apply(null, near.map(name => o.landmarks[name]))
  return o.base
}

function matches(p, keyword) {
  const words = [p.name, p.nameEn, category(p), p.sku].concat(p.aliases || []).map(s => s.toLowerCase())
  return words.some(w => w.indexOf(keyword) >= 0 || keyword.indexOf(w) >= 0)
}

module.exports = { OUTLETS, MENU, category, outlet, product, left, sell, distance, matches }
