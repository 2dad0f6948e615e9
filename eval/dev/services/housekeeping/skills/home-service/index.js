const skill = wx.modelContext.createSkill('skills/home-service')
const names = ['queryItems', 'querySlots', 'createOrder', 'cancelOrder', 'myOrders']

skill.registerAPI('queryItems', require('./apis/queryItems.js'))
skill.registerAPI('querySlots', require('./apis/querySlots.js'))
skill.registerAPI('createOrder', require('./apis/createOrder.js'))
skill.registerAPI('cancelOrder', require('./apis/cancelOrder.js'))
skill.registerAPI('myOrders', require('./apis/myOrders.js'))

console.log('[home-service] registered', names.length)
