const ORDERS = 'foothill_orders'

Page({
  data: { order: null, message: '' },

  onLoad(query) {
    const orders = wx.getStorageSync(ORDERS) || {}
    this.setData({ order: orders[query.orderNo] || null })
  },

  // 付款结果只以平台回调和订单查询为准：失败和取消都不改订单
  onPay() {
    const order = this.data.order
    if (!order || order.status !== 'unpaid') return
    wx.requestPayment({
      timeStamp: String(order.createdAt),
      nonceStr: order.orderNo,
      package: 'prepay_id=' + order.prepayId,
      signType: 'RSA',
      paySign: '',
      success: () => {
        const orders = wx.getStorageSync(ORDERS) || {}
        if (orders[order.orderNo]) orders[order.orderNo].status = 'paid'
        wx.setStorageSync(ORDERS, orders)
        this.setData({ order: orders[order.orderNo], message: '已付款，请按取餐时间到店' })
      },
      fail: () => this.setData({ message: '没有付款，订单仍然保留' })
    })
  }
})
