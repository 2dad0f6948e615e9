const skill = wx.modelContext.createSkill('skills/booking')

skill.registerAPI('searchHotels', require('./apis/searchHotels.js'))
skill.registerAPI('listRooms', require('./apis/listRooms.js'))
skill.registerAPI('createBooking', require('./apis/createBooking.js'))
skill.registerAPI('cancelBooking', require('./apis/cancelBooking.js'))
