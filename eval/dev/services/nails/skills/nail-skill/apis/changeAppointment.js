const { all, save, fail, checkTime } = require('../utils/store.js')
async function changeAppointment({ apptNo, date, time } = {}) {
  const list = all()
  const appt = list.find(a => a.apptNo === apptNo && a.state === 'booked')
  if (!appt) return fail('没有找到预约 ' + apptNo + '，可先查询我的预约。')
  const wrong = checkTime(date || appt.date, time || appt.time)
  if (wrong) return fail(wrong)
  appt.date = date || appt.date
  appt.time = time || appt.time
  save(list)
  return { isError: false, content: [{ type: 'text', text: `已改到 ${appt.date} ${appt.time}` }], structuredContent: { apptNo, date: appt.date, time: appt.time, state: appt.state } }
}
module.exports = changeAppointment
