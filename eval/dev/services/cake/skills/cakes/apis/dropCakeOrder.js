module.exports = async function dropCakeOrder({ cakeOrderNo }) {
  const all = wx.getStorageSync('cake_orders') || {}
  if (!all[cakeOrderNo]) return { isError: true, content: [{ type: 'text', text: '没有这个订单' }] }
  all[cakeOrderNo].status = '已取消'
  wx.setStorageSync('cake_orders', all)
  return { content: [{ type: 'text', text: '已取消' }], structuredContent: { cakeOrderNo, status: '已取消' } }
}
