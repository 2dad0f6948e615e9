App({
  globalData: { handoffs: {} },

  onLaunch() {
    if (!wx.onAgentHandoff) return
    wx.onAgentHandoff(({ pageId, path, query, payload }) => {
      this.globalData.handoffs[pageId] = { path, query, payload }
    })
  },

  // 取走即删除：同一次接力只用一次
  takeHandoff(pageId) {
    const handoff = this.globalData.handoffs[pageId] || null
    delete this.globalData.handoffs[pageId]
    return handoff
  }
})
