const skill = wx.modelContext.createSkill('/skills/tickets')

skill.use(async (ctx, next) => {
  const begin = Date.now()
  await next()
  console.log('[ai-mode]', ctx.name, Date.now() - begin)
})


skill.registerAPI('searchShows', require('./apis/searchShows.js'))
skill.registerAPI('getSessions', require('./apis/getSessions.js'))
skill.registerAPI('lockSeats', require('./apis/lockSeats.js'))
skill.registerAPI('submitOrder', require('./apis/submitOrder.js'))
skill.registerAPI('cancelOrder', require('./apis/cancelOrder.js'))
