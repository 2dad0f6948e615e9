const ITEMS = require('../data/items.js')
const { slotsOf, dateError } = require('../utils/roster.js')
const { ok, fail, load, save, brief } = require('../utils/reply.js')
const EXTRA = { 1: 4000, 2: 3000, 3: 2000, 4: 3500 }

async function createOrder({ service = {}, slotId, address = {}, extras = [], remark = '' } = {}) {
  const item = ITEMS.find(i => i.code === service.code)
  if (!item) return fail('没有这项服务，请先用 queryItems 查询')
  if (!(service.num >= item.minNum)) return fail(item.name + ' ' + item.minNum + item.unit + '起约，现在是 ' + service.num + item.unit)
  const m = /^(\d{4})(\d{2})(\d{2})-\d{2}-/.exec(String(slotId))
  if (!m) return fail('时间段不存在，请用 querySlots 返回的 slotId')
  const date = m.slice(1).join('-')
  const wrong = dateError(date)
  if (wrong) return fail(wrong)
  const slots = slotsOf(item.code, date)
  const slot = slots.find(s => s.slotId === slotId)
  if (!slot) return fail('这个时间段不属于' + item.name + '，请重新查询时间')
  if (!slot.left) return fail(date + ' ' + slot.start + ' 已约满，当天还可约：' + slots.filter(s => s.left).map(s => s.start).join('、'))
  if (!address.detail || address.detail.length < 6) return fail('请提供精确到门牌号的上门地址')
  if (extras.length && !item.code.startsWith('RC')) return fail('加项只适用于保洁服务')
  const list = load()
  const o = {
    orderSn: 'JJ' + (60010 + list.length), code: item.code, name: item.name, num: service.num, unit: item.unit, slotId, visitTime: date + ' ' + slot.start,
    address: address.detail, contact: address.contact || '', mobile: address.mobile, extras, remark,
    amount: item.unitPrice * service.num + extras.reduce((n, e) => n + (EXTRA[e] || 0), 0), status: 10
  }
  save(list.concat(o))
  return ok('订单 ' + o.orderSn + ' 已生成，请在 30 分钟内付款 ' + o.amount / 100 + ' 元', brief(o))
}

module.exports = createOrder
