const skill = wx.modelContext.createSkill('skills/salon')

skill.registerAPI('getServices', require('./apis/getServices.js'))
skill.registerAPI('getStylists', require('./apis/getStylists.js'))
skill.registerAPI('getTimes', require('./apis/getTimes.js'))
skill.registerAPI('bookHair', require('./apis/bookHair.js'))
skill.registerAPI('cancelHair', require('./apis/cancelHair.js'))
