async function cancelOrder(params = {}) {
  const orders = wx.getStorageSync('wsmg_orders') || []
  const o = orders.find(x => x.orderNo === (params || {}).orderNo)
  if (!o) return { isError: true, content: [{ type: 'text', text: '没查到这个订单号，请核对。' }] }
  o.status = 'canceled'
  wx.setStorageSync('wsmg_orders', orders)
  return { content: [{ type: 'text', text: '已取消。' }], structuredContent: { orderNo: o.orderNo, status: o.status } }
}

module.exports = cancelOrder
