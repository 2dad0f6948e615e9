Component({
  data: { items: [], total: 0 },
  lifetimes: {
    created() {
      const ctx = wx.modelContext.getContext(this)
      ctx.on(wx.modelContext.NotificationType.Result, ({ result }) => {
        this.setData({ items: result.structuredContent.items, total: result.structuredContent.total })
      })
    }
  },
  methods: {
    choose(e) {
      const ctx = wx.modelContext.getContext(this)
      ctx.sendFollowUpMessage({ content: [{ type: 'text', text: '我要' + e.currentTarget.dataset.title }] })
    }
  }
})
