Page({
  data: { orderNo: '' },
  onLoad(query) {
    this.setData({ orderNo: query.orderNo || '' })
  }
})
