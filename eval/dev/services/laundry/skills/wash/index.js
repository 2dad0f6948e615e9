const skill = wx.modelContext.createSkill('skills/wash')

skill.registerAPI('priceList', require('./apis/priceList.js'))
skill.registerAPI('addGarment', require('./apis/addGarment.js'))
skill.registerAPI('clearBasket', require('./apis/clearBasket.js'))
skill.registerAPI('submitBasket', require('./apis/submitBasket.js'))
skill.registerAPI('cancelLaundry', require('./apis/cancelLaundry.js'))
