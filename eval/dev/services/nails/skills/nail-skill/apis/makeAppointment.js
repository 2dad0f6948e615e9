const ITEMS = require('../data/items.js')
const { all, save, fail, checkTime } = require('../utils/store.js')
const SHOPS = { ZGC: '中关村店', WJ: '望京店' }
async function makeAppointment(args = {}) {
  const item = ITEMS.find(i => i.itemId === Number(args.itemId))
  if (!item) return fail('项目编号无效。禁止编造，请先查询项目列表。')
  const wrong = checkTime(args.date, args.time)
  if (wrong) return fail(wrong)
  if (!args.userName || !/^1\d{10}$/.test(args.mobile || '')) return fail('缺少称呼或手机号格式不对')
  const shop = args.shop || 'ZGC'
  if (!SHOPS[shop]) return fail('门店只有 ZGC 与 WJ')
  const list = all()
  const appt = {
    apptNo: 'ZJ' + (300 + list.length), itemId: item.itemId, title: item.title, shop, date: args.date, time: args.time,
    tech: args.tech || '', removeOld: !!args.removeOld, userName: args.userName, mobile: args.mobile, remark: args.remark || '', state: 'booked'
  }
  list.push(appt)
  save(list)
  return {
    isError: false,
    content: [{ type: 'text', text: `已预约 ${SHOPS[shop]} ${item.title}，${appt.date} ${appt.time}，预约号 ${appt.apptNo}，到店付 ${item.price} 元。` }],
    structuredContent: { apptNo: appt.apptNo, title: item.title, shopName: SHOPS[shop], date: appt.date, time: appt.time, state: 'booked' },
    handoff: { query: `id=${appt.apptNo}` }
  }
}
module.exports = makeAppointment
