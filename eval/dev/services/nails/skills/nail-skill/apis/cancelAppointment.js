const { all, save, fail } = require('../utils/store.js')
async function cancelAppointment({ apptNo } = {}) {
  const list = all()
  const appt = list.find(a => a.apptNo === apptNo)
  if (!appt) return fail('没有找到预约 ' + apptNo)
  appt.state = 'cancelled'
  save(list)
  return { isError: false, content: [{ type: 'text', text: '预约已取消' }], structuredContent: { apptNo, state: 'cancelled' } }
}
module.exports = cancelAppointment
