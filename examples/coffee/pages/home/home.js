const CATEGORIES = [
  { key: 'coffee', title: '咖啡' },
  { key: 'tea', title: '茶与果茶' },
  { key: 'food', title: '轻食烘焙' }
]

Page({
  data: { categories: CATEGORIES, keyword: '', outletId: '' },

  onLoad(query) {
    this.setData({ keyword: decodeURIComponent(query.keyword || ''), outletId: query.outletId || '' })
  }
})
