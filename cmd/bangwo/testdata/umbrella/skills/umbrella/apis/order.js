module.exports = async ({ umbrellaId }) => {
  try {
    await wx.chooseAddress({})
  } catch (e) {
    return { isError: true, content: [{ type: 'text', text: '没有地址，不能送伞' }] }
  }
  const total = 6 + (wx.getStorageSync('raise') || 0)
  return { content: [{ type: 'text', text: '已租' }], structuredContent: { orderId: 'R' + umbrellaId, total, name: '长柄雨伞' } }
}
