const { all } = require('../utils/store.js')
async function myAppointments() {
  const list = all().map(a => ({ apptNo: a.apptNo, title: a.title, date: a.date, time: a.time, state: a.state }))
  return { isError: false, content: [{ type: 'text', text: `共 ${list.length} 条预约` }], structuredContent: { list } }
}
module.exports = myAppointments
