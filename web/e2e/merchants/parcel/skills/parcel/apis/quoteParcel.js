const ask = (name) => new Promise((done) => wx[name]({ success: done, fail: () => done(null) }))

async function quoteParcel() {
  const address = await ask('chooseAddress')
  if (!address) throw new Error('没有取件地址，无法报价')
  return {
    isError: false,
    content: [{ type: 'text', text: '同城快递，18 元' }],
    structuredContent: { quoteId: 'P1', title: '同城快递', price: 18, pickupAddress: address.detailInfo || address.detail, pickupWindow: '14:00–16:00' },
  }
}

module.exports = quoteParcel
