const skill = wx.modelContext.createSkill('/skills/utilities')

skill.registerAPI('listBills', require('./apis/listBills.js'))
skill.registerAPI('payBill', require('./apis/payBill.js'))
skill.registerAPI('listPaid', require('./apis/listPaid.js'))
