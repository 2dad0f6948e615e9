const KEY = 'hk_orders'
exports.ok = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent })
exports.fail = text => ({ isError: true, content: [{ type: 'text', text }] })
exports.load = () => wx.getStorageSync(KEY) || []
exports.save = list => wx.setStorageSync(KEY, list)
exports.brief = o => ({ orderSn: o.orderSn, name: o.name, num: o.num, unit: o.unit, visitTime: o.visitTime, amount: o.amount, status: o.status })
