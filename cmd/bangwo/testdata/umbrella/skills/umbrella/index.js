const skill = wx.modelContext.createSkill('/skills/umbrella')
skill.registerAPI('searchUmbrellas', require('./apis/search'))
skill.registerAPI('createOrder', require('./apis/order'))
