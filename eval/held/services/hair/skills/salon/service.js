const SV = [['s1', '男士剪发', "Men's Haircut", 'm', 40, 88], ['s2', '女士剪发', "Women's Haircut", 'f', 60, 128], ['s3', '烫发', 'Perm', '', 150, 480], ['s4', '染发', 'Hair Colouring', '', 120, 420], ['s5', '头皮护理', 'Scalp Care', '', 60, 198], ['s6', '洗吹造型', 'Wash & Blow-dry', '', 30, 58]]
const ST = [['tony', 'Tony', '总监 director', 4.9], ['ava', 'Ava', '首席 senior', 4.8], ['leo', '阿乐', '发型师 stylist', 4.6]]
const H = ['10:00', '11:00', '13:00', '14:00', '15:00', '16:00', '17:00', '18:30', '20:00']
const r = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent })
const e = text => ({ isError: true, content: [{ type: 'text', text }] })
const kept = () => wx.getStorageSync('hair') || []
const free = (id, date) => {
  const n = new Date(Date.now() + 288e5).toISOString()
  return H.filter(h => date + 'T' + h > n.slice(0, 16) && !kept().some(k => k.stylistId === id && k.date === date && k.time === h && k.state === 'booked'))
}
exports.getServices = (({ gender } = {}) => r('项目', { services: SV.filter(s => !gender || !s[3] || s[3] === gender).map(s => ({ serviceId: s[0], service: s[1], serviceEn: s[2], minutes: s[4], price: s[5] })) }))
exports.getStylists = (({ name = '' } = {}) => {
  const hit = ST.filter(s => !name || s[1].toLowerCase().includes(name.toLowerCase()) || name.toLowerCase().includes(s[1].toLowerCase()))
  return r(hit.length + ' 位发型师', { stylists: hit.map(s => ({ stylistId: s[0], name: s[1], level: s[2], rating: s[3] })) })
})
exports.getTimes = (({ stylistId, date }) => /^\d{4}-\d\d-\d\d$/.test(date) ? r('可约时间', { times: free(stylistId, date).map(time => ({ time })) }) : e('日期不对'))
exports.bookHair = (a => {
  const s = SV.find(x => x[0] === a.serviceId), t = ST.find(x => x[0] === a.stylistId)
  if (!s || !t) return e('项目或发型师不存在')
  if (!free(a.stylistId, a.date).includes(a.time)) return e('这个时间约满了 / not free')
  const b = { appointmentNo: 'JY' + (kept().length + 1), serviceId: s[0], stylistId: t[0], date: a.date, time: a.time, name: a.name || '', remark: a.remark || '', payAtSalon: s[5], deposit: 0, state: 'booked' }
  wx.setStorageSync('hair', kept().concat(b))
  return r('已预约', { appointmentNo: b.appointmentNo, service: s[1], stylist: t[1], at: a.date + ' ' + a.time, deposit: 0, payAtSalon: s[5], state: b.state })
})
exports.cancelHair = (({ appointmentNo }) => {
  const all = kept(), b = all.find(x => x.appointmentNo === appointmentNo)
  if (!b) return e('没有这个预约')
  b.state = 'cancelled'
  wx.setStorageSync('hair', all)
  return r('已取消', { appointmentNo, state: b.state })
})
