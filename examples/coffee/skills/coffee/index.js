const findOutlets = require('./apis/findOutlets.js')
const browseMenu = require('./apis/browseMenu.js')
const previewOrder = require('./apis/previewOrder.js')
const createOrder = require('./apis/createOrder.js')
const payOrder = require('./apis/payOrder.js')
const orderStatus = require('./apis/orderStatus.js')
const cancelOrder = require('./apis/cancelOrder.js')
const faults = require('./lib/faults.js')

const skill = wx.modelContext.createSkill('skills/coffee')

// 演练开关在每次调用前生效
skill.use(async (ctx, next) => {
  await faults.wait()
  if (faults.isDown(ctx.name)) throw new Error('门店系统维护中')
  await next()
})

skill.registerAPI('findOutlets', findOutlets)
skill.registerAPI('browseMenu', browseMenu)
skill.registerAPI('previewOrder', previewOrder)
skill.registerAPI('createOrder', createOrder)
skill.registerAPI('payOrder', payOrder)
skill.registerAPI('orderStatus', orderStatus)
skill.registerAPI('cancelOrder', cancelOrder)
