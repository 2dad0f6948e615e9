module.exports = [
  { hotelId: 'H-SH-01', city: '上海', cityEn: 'Shanghai', hotelName: '归途酒店外滩店', hotelNameEn: 'Homeward Bund', area: '外滩', areaEn: 'The Bund', score: 4.8, stars: 5, base: 880 },
  { hotelId: 'H-SH-02', city: '上海', cityEn: 'Shanghai', hotelName: '归途轻居虹桥店', hotelNameEn: 'Homeward Lite Hongqiao', area: '虹桥', areaEn: 'Hongqiao', score: 4.4, stars: 3, base: 320 },
  { hotelId: 'H-HZ-01', city: '杭州', cityEn: 'Hangzhou', hotelName: '归途酒店西湖店', hotelNameEn: 'Homeward West Lake', area: '西湖', areaEn: 'West Lake', score: 4.9, stars: 4, base: 560 },
  { hotelId: 'H-HZ-02', city: '杭州', cityEn: 'Hangzhou', hotelName: '归途轻居东站店', hotelNameEn: 'Homeward Lite East Station', area: '火车东站', areaEn: 'East Station', score: 4.2, stars: 3, base: 260 },
  { hotelId: 'H-BJ-01', city: '北京', cityEn: 'Beijing', hotelName: '归途酒店国贸店', hotelNameEn: 'Homeward Guomao', area: '国贸', areaEn: 'Guomao CBD', score: 4.7, stars: 5, base: 920 },
  { hotelId: 'H-XA-01', city: '西安', cityEn: "Xi'an", hotelName: '归途酒店钟楼店', hotelNameEn: 'Homeward Bell Tower', area: '钟楼', areaEn: 'Bell Tower', score: 4.6, stars: 4, base: 420 }
]
