const KEY = 'nail_appts'
function all() { return wx.getStorageSync(KEY) || [] }
function save(list) { wx.setStorageSync(KEY, list) }
function fail(text) { return { isError: true, content: [{ type: 'text', text }] } }
function checkTime(date, time) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date || '')) return '日期格式应为 YYYY-MM-DD'
  if (!/^\d{2}:\d{2}$/.test(time || '')) return '时间格式应为 HH:mm'
  if (time < '10:00' || time > '21:00') return '营业时间为 10:00–21:00，请换一个时间'
  if (Date.parse(date + 'T' + time + ':00+08:00') < Date.now()) return '不能预约过去的时间'
  return ''
}
module.exports = { all, save, fail, checkTime }
