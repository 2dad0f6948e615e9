// 演练开关：只由本包自己的存储打开，平时全部关闭。
//   fault_slow     每次调用先等这么多毫秒
//   fault_down     true：全部接口不可用；或以逗号分隔的接口名
//   fault_price    正式下单时比报价多收的金额（元）
//   fault_sold_out 以逗号分隔的 sku：视为售罄
//   fault_double   下单时把结果答复两次，第二次是另一个单号
//   fault_lost     订单已记下，但答复丢失（报错）
function value(key) {
  const raw = wx.getStorageSync('fault_' + key)
  if (raw === '' || raw === undefined || raw === null || raw === false || raw === 'false' || raw === '0') return null
  return raw
}

function list(key) {
  const raw = value(key)
  if (!raw || raw === true) return []
  return Array.isArray(raw) ? raw : String(raw).split(',').map(s => s.trim())
}

function isDown(name) {
  const raw = value('down')
  return raw === true || raw === 'true' || list('down').indexOf(name) >= 0
}

function on(key) {
  const raw = value(key)
  return raw === true || raw === 'true' || raw === 1 || raw === '1'
}

// extra 是下单时多收的元数
function extra() {
  const n = Number(value('price'))
  return Number.isFinite(n) && n > 0 ? n : 0
}

function wait() {
  const ms = Number(value('slow'))
  if (!Number.isFinite(ms) || ms <= 0) return Promise.resolve()
  return new Promise(resolve => setTimeout(resolve, ms))
}

module.exports = { list, isDown, on, extra, wait }
