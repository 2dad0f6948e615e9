const db = require('../db');
exports.payBook = async function payBook(args) {
  const list = db.all();
  const b = list.filter(function (x) { return x.bookId === (args || {}).bookId; })[0];
  if (!b || b.status === 'CANCELED') return db.err('没有可支付的预约。');
  b.status = 'PAID';
  db.put(list);
  return { content: [{ type: 'text', text: '已支付，请按时到店。' }], structuredContent: { bookId: b.bookId, totalFen: b.totalFen, status: 'PAID' } };
};
