const ITEMS = { 1: ['标准洗车', 35], 2: ['精洗', 88], 3: ['打蜡', 168], 4: ['内饰清洁', 258] }
const CARS = { S: ['轿车', 1], V: ['SUV', 1.2], M: ['七座商务', 1.4] }
const STATIONS = [['LC1', '中关村站', '中关村', 0.8, 2], ['LC2', '五道口站', '五道口', 2.6, 1], ['LC3', '望京站', '望京', 13, 3]]
const KEY = 'liangche'
const txt = s => [{ type: 'text', text: s }]
exports.nearbyStations = (async ({ area = '' } = {}) => {
  const hit = STATIONS.filter(s => area && area.includes(s[2]))
  return { content: txt('门店'), structuredContent: { stations: (hit.length ? hit : STATIONS).map(s => ({ stationId: s[0], stationName: s[1], km: s[3], bays: s[4] })) } }
})
exports.reserveWash = (async ({ stationId, item, carType = 'S', arriveTime, plate = '' }) => {
  const s = STATIONS.find(x => x[0] === stationId)
  if (!s) return { isError: true, content: txt('门店不存在') }
  const at = Date.parse(String(arriveTime).replace(' ', 'T') + ':00+08:00')
  if (!(at > Date.now() - 6e5)) return { isError: true, content: txt('到店时间不对或已过') }
  const all = wx.getStorageSync(KEY) || []
  const o = { washNo: 'XC' + (all.length + 1), stationId, stationName: s[1], item, itemName: ITEMS[item][0], carType, carTypeName: CARS[carType][0], arriveTime, plate, price: Math.round(ITEMS[item][1] * CARS[carType][1]), status: '待支付' }
  wx.setStorageSync(KEY, all.concat(o))
  const { item: i, carType: c, stationId: d, plate: p, ...out } = o
  return { content: txt('已预约'), structuredContent: out }
})
exports.cancelWash = (async ({ washNo }) => {
  const all = wx.getStorageSync(KEY) || [], o = all.find(x => x.washNo === washNo)
  if (!o) return { isError: true, content: txt('没有订单') }
  o.status = '已取消'
  wx.setStorageSync(KEY, all)
  return { content: txt('已取消'), structuredContent: { washNo, status: o.status } }
})
