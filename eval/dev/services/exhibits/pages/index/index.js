Page({
  data: { keyword: '' },
  onLoad(query) {
    this.setData({ keyword: (query || {}).keyword || '' })
  }
})
