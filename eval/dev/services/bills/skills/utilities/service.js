const BILLS = [['B-W-11', 'water', '水费', 'Water bill', '2026-10', 64.5, '2026-11-30'], ['B-E-11', 'power', '电费', 'Electricity bill', '2026-10', 213.08, '2026-11-28'], ['B-G-11', 'gas', '燃气费', 'Gas bill', '2026-10', 98, '2026-12-05'],
  ['B-P-11', 'property', '物业费', 'Property fee', '2026-Q4', 1260, '2026-12-31'], ['B-B-11', 'broadband', '宽带费', 'Broadband fee', '2026-12', 99, '2026-12-01']]
const KEY = 'citypay.paid'
const paid = () => wx.getStorageSync(KEY) || []
const view = b => ({ billId: b[0], type: b[1], title: b[2], titleEn: b[3], period: b[4], amount: b[5], dueDate: b[6] })
const text = t => [{ type: 'text', text: t }]
exports.listBills = (({ type } = {}) => {
  const bills = BILLS.filter(b => (!type || b[1] === type) && !paid().some(p => p.billId === b[0])).map(view)
  const totalAmount = Math.round(bills.reduce((n, b) => n + b.amount, 0) * 100) / 100
  return { content: text(bills.length ? '待缴 ' + bills.length + ' 张，共 ' + totalAmount + ' 元' : '没有待缴账单'), structuredContent: { bills, totalAmount } }
})
exports.payBill = (async ({ billId }) => {
  const b = BILLS.find(x => x[0] === billId)
  if (!b) return { isError: true, content: text('没有账单 ' + billId) }
  if (paid().some(p => p.billId === billId)) return { isError: true, content: text('这张账单已经缴过了') }
  try {
    await new Promise((success, fail) => wx.requestPayment({ timeStamp: '0', nonceStr: billId, package: 'prepay_id=' + billId, signType: 'MD5', paySign: '', success, fail }))
  } catch (e) { return { isError: true, content: text('付款没有完成') } }
  const p = { billId, type: b[1], title: b[2], amount: b[5], status: 'paid' }
  wx.setStorageSync(KEY, paid().concat(p))
  return { content: text('已缴 ' + b[2] + ' ' + b[5] + ' 元'), structuredContent: { billId, title: b[2], amount: b[5], status: 'paid' } }
})
exports.listPaid = (() => ({ content: text('缴费记录'), structuredContent: { paid: paid().map(({ billId, title, amount }) => ({ billId, title, amount })) } }))
