Page({
  data: { orderId: '' },
  onLoad(query) {
    this.setData({ orderId: query.orderId })
  }
})
