var B = { NJ: ['农家泉', 22], XS: ['雪山冰川', 35], CK: ['纯净矿化', 18] }
function all() { return wx.getStorageSync('w_orders') || [] }
function t(s) { return [{ type: 'text', text: s }] }
exports.brandList = (function () { return Promise.resolve({ content: t('三种水'), structuredContent: { brands: Object.keys(B).map(function (k) { return { code: k, name: B[k][0], price: B[k][1] } }) } }) })
exports.sendWater = (function (a) {
  if (!B[a.code]) return { isError: true, content: t('没有这个品牌') }
  if (!(a.barrels >= 2)) return { isError: true, content: t('两桶起送') }
  if (!a.address || a.address.length < 4) return { isError: true, content: t('没有地址') }
  var list = all(), o = { no: 'W' + (list.length + 1), code: a.code, brand: B[a.code][0], barrels: a.barrels, address: a.address, time: a.time || '', returnBarrels: a.returnBarrels || 0, money: B[a.code][1] * a.barrels, state: '已下单' }
  wx.setStorageSync('w_orders', list.concat([o]))
  return { content: t('已下单，' + o.money + ' 元'), structuredContent: { no: o.no, brand: o.brand, barrels: o.barrels, money: o.money, state: o.state } }
})
exports.stopWater = (function (a) {
  var list = all(), o = list.filter(function (x) { return x.no === a.no })[0]
  if (!o) return { isError: true, content: t('没有这个单') }
  o.state = '已取消'
  wx.setStorageSync('w_orders', list)
  return { content: t('已取消'), structuredContent: { no: o.no, state: o.state } }
})
