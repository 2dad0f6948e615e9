const apis = require('./apis/all.js')
const skill = wx.modelContext.createSkill('skills/register')
Object.keys(apis).forEach(name => skill.registerAPI(name, apis[name]))
