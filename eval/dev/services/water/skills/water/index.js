const skill = wx.modelContext.createSkill('skills/water')

skill.registerAPI('brandList', require('./apis/brandList.js'))
skill.registerAPI('sendWater', require('./apis/sendWater.js'))
skill.registerAPI('stopWater', require('./apis/stopWater.js'))
