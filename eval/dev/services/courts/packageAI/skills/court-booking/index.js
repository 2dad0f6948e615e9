const skill = wx.modelContext.createSkill('packageAI/skills/court-booking')

skill.use(async (ctx, next) => {
  console.log('[court]', ctx.name)
  await next()
})

skill.registerAPI('findFreeSlots', require('./apis/findFreeSlots'))
skill.registerAPI('lockSlots', require('./apis/lockSlots'))
skill.registerAPI('confirmLock', require('./apis/confirmLock'))
skill.registerAPI('refundBooking', require('./apis/refundBooking'))
skill.registerAPI('listBookings', require('./apis/listBookings'))
