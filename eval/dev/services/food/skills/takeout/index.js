const skill = wx.modelContext.createSkill('skills/takeout')

skill.registerAPI('searchRestaurants', require('./apis/searchRestaurants.js'))
skill.registerAPI('getMenu', require('./apis/getMenu.js'))
skill.registerAPI('previewOrder', require('./apis/previewOrder.js'))
skill.registerAPI('createOrder', require('./apis/createOrder.js'))
skill.registerAPI('payOrder', require('./apis/payOrder.js'))
skill.registerAPI('getDelivery', require('./apis/getDelivery.js'))
skill.registerAPI('cancelOrder', require('./apis/cancelOrder.js'))
