const getMenu = require('./apis/getMenu')
const submitOrder = require('./apis/submitOrder')
const cancelOrder = require('./apis/cancelOrder')

const skill = wx.modelContext.createSkill('pkg-ai/counter')

skill.registerAPI('getMenu', getMenu)
skill.registerAPI('submitOrder', submitOrder)
skill.registerAPI('cancelOrder', cancelOrder)
