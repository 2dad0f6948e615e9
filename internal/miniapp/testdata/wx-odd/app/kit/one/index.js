wx.modelContext.registerAPI('x', async () => ({}))
