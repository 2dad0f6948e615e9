Component({
  data: { outlets: [] },
  lifetimes: {
    created() {
      const { NotificationType } = wx.modelContext
      wx.modelContext.getContext(this).on(NotificationType.Result, data => {
        const content = (data.result && data.result.structuredContent) || {}
        this.setData({ outlets: (content.outlets || []).slice(0, 3) })
      })
    }
  }
})
