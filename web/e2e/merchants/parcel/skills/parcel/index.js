const skill = wx.modelContext.createSkill('skills/parcel')
skill.registerAPI('quoteParcel', require('./apis/quoteParcel.js'))
skill.registerAPI('bookParcel', require('./apis/bookParcel.js'))
