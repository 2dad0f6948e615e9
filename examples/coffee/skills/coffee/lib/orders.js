const ORDERS = 'foothill_orders'
const SERIAL = 'foothill_serial'
const HOLD_MINUTES = 15

function all() {
  return wx.getStorageSync(ORDERS) || {}
}

function save(order) {
  const orders = all()
  orders[order.orderNo] = order
  wx.setStorageSync(ORDERS, orders)
}

function find(orderNo) {
  return all()[orderNo] || null
}

// 最近的一单
function latest() {
  const orders = all()
  const numbers = Object.keys(orders).sort((a, b) => orders[b].serial - orders[a].serial)
  return numbers.length ? orders[numbers[0]] : null
}

function nextSerial() {
  const serial = (Number(wx.getStorageSync(SERIAL)) || 0) + 1
  wx.setStorageSync(SERIAL, serial)
  return serial
}

function numberOf(serial, now) {
  const day = new Date(now + 8 * 3600 * 1000).toISOString().slice(2, 10).replace(/-/g, '')
  return 'FH' + day + String(serial).padStart(4, '0')
}

function expires(now) {
  return new Date(now + HOLD_MINUTES * 60 * 1000).toISOString()
}

module.exports = { all, save, find, latest, nextSerial, numberOf, expires }
