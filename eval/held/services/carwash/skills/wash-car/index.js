const skill = wx.modelContext.createSkill('skills/wash-car')

skill.registerAPI('nearbyStations', require('./apis/nearbyStations.js'))
skill.registerAPI('reserveWash', require('./apis/reserveWash.js'))
skill.registerAPI('cancelWash', require('./apis/cancelWash.js'))
