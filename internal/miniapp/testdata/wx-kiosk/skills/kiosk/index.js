const skill = wx.modelContext.createSkill('/skills/kiosk')
const { findSnacks } = require('./apis/findSnacks')
const { placeOrder } = require('./apis/placeOrder')

skill.use(async (ctx, next) => {
  await next()
})
skill.registerAPI('findSnacks', findSnacks)
skill.registerAPI('placeOrder', placeOrder)
