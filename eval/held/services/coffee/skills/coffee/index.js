const skill = wx.modelContext.createSkill('skills/coffee')

skill.registerAPI('searchProducts', require('./apis/searchProducts.js'))
skill.registerAPI('newOrder', require('./apis/newOrder.js'))
skill.registerAPI('addToOrder', require('./apis/addToOrder.js'))
skill.registerAPI('checkoutOrder', require('./apis/checkoutOrder.js'))
skill.registerAPI('cancelOrder', require('./apis/cancelOrder.js'))
