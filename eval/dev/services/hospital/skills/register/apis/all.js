const DEPTS = [['D01', '皮肤科', '皮疹、痤疮、湿疹、过敏'], ['D02', '心内科', '胸闷、心慌、高血压、冠心病'], ['D03', '儿科', '儿童发热、咳嗽、腹泻'], ['D04', '口腔科', '牙疼、拔牙、洗牙'], ['D05', '眼科', '近视、结膜炎、白内障'], ['D06', '骨科', '骨折、腰痛、关节痛'], ['D07', '消化内科', '胃痛、腹胀、胃镜'], ['D08', '耳鼻喉科', '鼻炎、咽痛、耳鸣']]
const DOCTORS = { D01: ['周雨', '严峻'], D02: ['郝建国', '沈一平'], D03: ['童欣', '马莉'], D04: ['牙磊', '白洁'], D05: ['明朗', '罗晶'], D06: ['石坚', '顾强'], D07: ['魏安', '常和'], D08: ['闻静', '苏鸣'] }
const TIMES = [['AM', '08:30', 'GENERAL'], ['AM', '09:30', 'EXPERT'], ['AM', '10:30', 'GENERAL'], ['PM', '14:00', 'GENERAL'], ['PM', '15:00', 'EXPERT'], ['PM', '16:00', 'GENERAL']]
const KEY = 'registers'
const ok = (t, d) => ({ content: [{ type: 'text', text: t }], structuredContent: d })
const no = t => ({ isError: true, content: [{ type: 'text', text: t }] })
const local = () => new Date(Date.now() + 8 * 3600 * 1000).toISOString()
function slots(deptId, date) {
  return TIMES.map(([period, time, level], i) => ({ slotId: [deptId, date, i].join('_'), doctorName: DOCTORS[deptId][level === 'EXPERT' ? 0 : 1], title: level === 'EXPERT' ? '主任医师' : '主治医师', level, period, time, fee: level === 'EXPERT' ? 60 : 25, remain: 5 + i }))
    .filter(s => date + 'T' + s.time > local().slice(0, 16))
}
module.exports = {
  async queryDepartments({ keyword = '' } = {}) {
    const list = DEPTS.filter(d => !keyword || d[1].includes(keyword) || keyword.includes(d[1]) || d[2].split('、').some(w => keyword.includes(w) || w.includes(keyword)))
    return ok('共 ' + list.length + ' 个科室', { departments: list.map(d => ({ deptId: d[0], deptName: d[1], scope: d[2] })) })
  },
  async querySlots({ deptId, date, period, level }) {
    if (!DOCTORS[deptId]) return no('科室不存在')
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || date < local().slice(0, 10)) return no('就诊日期不正确')
    const list = slots(deptId, date).filter(s => (!period || s.period === period) && (!level || s.level === level))
    return ok(list.length ? '有 ' + list.length + ' 个时段可约' : '当天没有号源', { slots: list })
  },
  async registerSlot({ slotId, patientName, patientPhone }) {
    const [deptId, date] = String(slotId).split('_')
    const s = DOCTORS[deptId] && slots(deptId, date).find(x => x.slotId === slotId)
    if (!s) return no('号源不存在或已过期')
    if (!patientName) return no('缺少就诊人姓名')
    const all = wx.getStorageSync(KEY) || []
    const r = { registerNo: 'GH' + (100001 + all.length), deptId, deptName: DEPTS.find(d => d[0] === deptId)[1], doctorName: s.doctorName, level: s.level, date, period: s.period, time: s.time, visitTime: date + ' ' + s.time, patientName, patientPhone: patientPhone || '', fee: s.fee, status: '待支付' }
    wx.setStorageSync(KEY, all.concat(r))
    return ok('挂号成功，请在 30 分钟内支付 ' + r.fee + ' 元', { registerNo: r.registerNo, deptName: r.deptName, doctorName: r.doctorName, visitTime: r.visitTime, fee: r.fee, status: r.status })
  },
  async cancelRegister({ registerNo }) {
    const all = wx.getStorageSync(KEY) || []
    const r = all.find(x => x.registerNo === registerNo)
    if (!r) return no('没有这个挂号单')
    r.status = '已取消'
    wx.setStorageSync(KEY, all)
    return ok('已取消', { registerNo, status: r.status })
  }
}
