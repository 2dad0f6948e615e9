const skill = wx.modelContext.createSkill('skills/register')

skill.registerAPI('queryDepartments', require('./apis/queryDepartments.js'))
skill.registerAPI('querySlots', require('./apis/querySlots.js'))
skill.registerAPI('registerSlot', require('./apis/registerSlot.js'))
skill.registerAPI('cancelRegister', require('./apis/cancelRegister.js'))
