const db = require('../db');
exports.cancelBook = async function cancelBook(args) {
  const list = db.all();
  const b = list.filter(function (x) { return x.bookId === (args || {}).bookId; })[0];
  if (!b) return db.err('没有这个预约。');
  b.status = 'CANCELED';
  db.put(list);
  return { content: [{ type: 'text', text: '预约已取消' }], structuredContent: { bookId: b.bookId, status: 'CANCELED' } };
};
