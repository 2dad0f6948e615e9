const LIST = [['SH', '衬衫', 'Shirt', 15], ['TS', 'T 恤', 'T-shirt', 12], ['TR', '裤子', 'Trousers', 18], ['SU', '西装', 'Suit', 45], ['CO', '大衣', 'Coat', 48], ['DJ', '羽绒服', 'Down jacket', 58], ['DR', '连衣裙', 'Dress', 32], ['DV', '被子', 'Duvet', 68], ['SW', '毛衣', 'Sweater', 25], ['BS', '床单', 'Bed sheet', 20]]
const HOW = { wash: 1, dry: 1.3, iron: 0.5 }
const out = (t, d) => ({ content: [{ type: 'text', text: t }], structuredContent: d })
const bad = t => ({ isError: true, content: [{ type: 'text', text: t }] })
const get = (k, d) => { const v = wx.getStorageSync(k); return v === '' || v === undefined ? d : v }
const lines = basket => basket.map(({ garment, pieces, service, subtotal }) => ({ garment, pieces, service, subtotal }))
const sum = basket => Math.round(basket.reduce((n, l) => n + l.subtotal, 0) * 100) / 100
exports.priceList = (({ keyword = '' } = {}) => {
  const k = keyword.toLowerCase()
  const hit = LIST.filter(g => !k || g[1].includes(k) || k.includes(g[1]) || g[2].toLowerCase().includes(k) || k.includes(g[2].toLowerCase()))
  return out('共 ' + hit.length + ' 种', { garments: hit.map(g => ({ garmentCode: g[0], garment: g[1], garmentEn: g[2], price: g[3] })) })
})
exports.addGarment = (({ garmentCode, pieces, service = 'wash' }) => {
  const g = LIST.find(x => x[0] === garmentCode)
  if (!g) return bad('没有这种衣物 / no such garment')
  const basket = get('ff_basket', [])
  basket.push({ garmentCode, garment: g[1], pieces, service, subtotal: Math.round(g[3] * HOW[service] * pieces * 100) / 100 })
  wx.setStorageSync('ff_basket', basket)
  return out('已加入洗衣篮', { basket: lines(basket), basketTotal: sum(basket) })
})
exports.clearBasket = (() => { wx.setStorageSync('ff_basket', []); return out('已清空', { basketTotal: 0 }) })
exports.submitBasket = (({ pickupAddress, pickupTime, note = '' }) => {
  const basket = get('ff_basket', [])
  if (!basket.length) return bad('洗衣篮是空的 / the basket is empty')
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/.test(pickupTime)) return bad('取件时间格式为 YYYY-MM-DD HH:mm')
  const all = get('ff_orders', [])
  const o = { laundryNo: 'FF' + (401 + all.length), garments: basket, pickupTime, pickupAddress, note, total: sum(basket), status: 'unpaid' }
  wx.setStorageSync('ff_orders', all.concat(o))
  wx.setStorageSync('ff_basket', [])
  return out('洗衣单 ' + o.laundryNo + '，应付 ' + o.total + ' 元', { laundryNo: o.laundryNo, garments: lines(basket), pickupTime, pickupAddress, total: o.total, status: o.status })
})
exports.cancelLaundry = (({ laundryNo }) => {
  const all = get('ff_orders', [])
  const o = all.find(x => x.laundryNo === laundryNo)
  if (!o) return bad('没有这个单号')
  o.status = 'cancelled'
  wx.setStorageSync('ff_orders', all)
  return out('已取消', { laundryNo, status: o.status })
})
