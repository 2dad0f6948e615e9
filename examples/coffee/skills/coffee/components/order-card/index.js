Component({
  data: { orderNo: '', outletName: '', lines: [], payable: 0 },
  lifetimes: {
    created() {
      const { NotificationType } = wx.modelContext
      wx.modelContext.getContext(this).on(NotificationType.Result, data => {
        const content = (data.result && data.result.structuredContent) || {}
        this.setData({ orderNo: content.orderNo || '', outletName: content.outletName || '', lines: content.lines || [], payable: content.payable || 0 })
      })
    }
  }
})
