const { err } = require('../lib/util.js')
module.exports = async function closeOrder({ orderNo }) {
  const orders = wx.getStorageSync('fruit_orders') || {}
  if (!orders[orderNo]) return err('没有这个订单')
  orders[orderNo].status = 'CLOSED'
  wx.setStorageSync('fruit_orders', orders)
  return { content: [{ type: 'text', text: '订单已取消' }], structuredContent: { orderNo, status: 'CLOSED' } }
}
