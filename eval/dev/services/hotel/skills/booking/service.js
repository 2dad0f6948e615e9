const HOTELS = require('./data/hotels.js')
const ROOMS = [['K', '大床房', 'King Room', '一张大床 one king bed', 1, false], ['T', '双床房', 'Twin Room', '两张单人床 two single beds', 1, false], ['KB', '大床房（含早）', 'King Room with Breakfast', '一张大床 one king bed', 1.15, true], ['S', '豪华套房', 'Deluxe Suite', '一张特大床 one super king bed', 2.2, true]]
const KEY = 'bookings'
const say = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent })
const err = text => ({ isError: true, content: [{ type: 'text', text }] })
const day = s => /^\d{4}-\d{2}-\d{2}$/.test(s || '') ? Date.parse(s) : NaN
const today = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10)

exports.searchHotels = (async ({ city = '', landmark = '', maxPrice, stars }) => {
  const like = (a, b) => a && b && (a.toLowerCase().includes(b.toLowerCase()) || b.toLowerCase().includes(a.toLowerCase()))
  let list = HOTELS.filter(h => like(h.city, city) || like(h.cityEn, city))
  const near = list.filter(h => like(h.area, landmark) || like(h.areaEn, landmark) || like(h.hotelName, landmark) || like(h.hotelNameEn, landmark))
  if (landmark && near.length) list = near
  list = list.filter(h => (!maxPrice || h.base <= maxPrice) && (!stars || h.stars === stars))
  return say(list.length ? list.length + ' 家酒店' : '没有符合条件的酒店', { hotels: list.map(h => ({ hotelId: h.hotelId, hotelName: h.hotelName, hotelNameEn: h.hotelNameEn, area: h.area, score: h.score, stars: h.stars, fromPrice: h.base })) })
})
function stay(a) {
  const h = HOTELS.find(x => x.hotelId === a.hotelId)
  if (!h) return { error: '酒店不存在 / no such hotel' }
  const nights = Math.round((day(a.checkOut) - day(a.checkIn)) / 864e5)
  if (!(nights >= 1 && nights <= 28)) return { error: '日期不对，离店要晚于入住 / check-out must be after check-in' }
  if (a.checkIn < today()) return { error: '入住日期已过 / check-in is past' }
  return { h, nights }
}
exports.listRooms = (async a => {
  const s = stay(a)
  if (s.error) return err(s.error)
  return say('可订房型', { rooms: ROOMS.map(([id, roomName, roomNameEn, beds, f, breakfast]) => ({ roomTypeId: a.hotelId + '/' + id, roomName, roomNameEn, beds, breakfast, pricePerNight: Math.round(s.h.base * f) })) })
})
exports.createBooking = (async a => {
  const s = stay(a)
  if (s.error) return err(s.error)
  const r = ROOMS.find(x => a.hotelId + '/' + x[0] === a.roomTypeId)
  if (!r) return err('房型不存在 / no such room type')
  const n = a.roomCount || 1
  const all = wx.getStorageSync(KEY) || {}
  const b = { bookingNo: 'GT' + (5001 + Object.keys(all).length), hotelId: a.hotelId, hotelName: s.h.hotelName, room: r[0], roomName: r[1], checkIn: a.checkIn, checkOut: a.checkOut, nights: s.nights, roomCount: n, guestName: a.guestName || '', note: a.arrivalNote || '', totalPrice: Math.round(s.h.base * r[4]) * s.nights * n, bookingStatus: 'UNPAID' }
  all[b.bookingNo] = b
  wx.setStorageSync(KEY, all)
  const { room, hotelId, guestName, note, ...out } = b
  return Object.assign(say('预订已创建，请在 30 分钟内支付 ' + b.totalPrice + ' 元', out), { handoff: { query: 'bookingNo=' + b.bookingNo, card: { title: '去支付' } } })
})
exports.cancelBooking = (async ({ bookingNo }) => {
  const all = wx.getStorageSync(KEY) || {}
  if (!all[bookingNo]) return err('没有这个预订 / no such booking')
  all[bookingNo].bookingStatus = 'CANCELED'
  wx.setStorageSync(KEY, all)
  return say('已取消', { bookingNo, bookingStatus: 'CANCELED' })
})
