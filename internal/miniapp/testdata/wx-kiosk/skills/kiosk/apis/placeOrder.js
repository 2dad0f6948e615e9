const { snacks } = require('../utils/stock')

const placeOrder = async (args) => {
  const snack = snacks.find(s => s.snackId === args.snackId)
  if (!snack) {
    return { isError: true, content: [{ type: 'text', text: '没有这种零食，先查一下货架' }] }
  }
  const orderId = 'k' + Date.now()
  const cents = snack.cents * (args.count || 1)
  wx.setStorageSync('order', { orderId, cents })
  return {
    content: [{ type: 'text', text: '已下单，待支付' }],
    structuredContent: { orderId: orderId, cents: cents },
    handoff: { query: { orderId: orderId } }
  }
}

module.exports = { placeOrder }
