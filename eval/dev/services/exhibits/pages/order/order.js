Page({
  data: { orderNo: '', keyword: '' },
  onLoad(query) {
    this.setData({ orderNo: query.orderNo || '', keyword: query.keyword || '' })
  }
})
