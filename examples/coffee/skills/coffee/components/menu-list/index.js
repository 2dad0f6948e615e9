Component({
  data: { items: [] },
  lifetimes: {
    created() {
      const { NotificationType } = wx.modelContext
      wx.modelContext.getContext(this).on(NotificationType.Result, data => {
        const content = (data.result && data.result.structuredContent) || {}
        this.setData({ items: (content.items || []).slice(0, 4) })
      })
    }
  }
})
