exports.create = async ({ id }) => {
  const count = (wx.getStorageSync('count') || 0) + 1
  wx.setStorageSync('count', count)
  return {
    content: [{ type: 'text', text: '已下单' }], structuredContent: { orderId: 'o' + count, id, owner: wx.getStorageSync('owner') },
    handoff: ({ result }) => ({ query: { orderId: result.structuredContent.orderId, 备注: '少 糖' }, payload: { n: 1 }, card: { title: '去支付' } }),
  }
}
exports.pay = async () => {
  try {
    const r = await wx.requestPayment({ package: 'prepay_id=p1', timeStamp: '1', nonceStr: 'n', signType: 'RSA', paySign: 's' })
    return { content: [{ type: 'text', text: r.errMsg }], structuredContent: { paid: true } }
  } catch (e) {
    return { isError: true, content: [{ type: 'text', text: e.errMsg }], structuredContent: { paid: false } }
  }
}
