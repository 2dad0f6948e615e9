const db = require('../db');
exports.bookWash = async function bookWash(args) {
  const a = args || {};
  const shop = db.SHOPS.filter(function (s) { return s.shopCode === a.shopCode; })[0];
  const p = db.PACKS[a.packId];
  if (!shop) return db.err('门店代码不对，请先查门店。');
  if (!p || p[0] !== a.shopCode) return db.err('该店没有这个套餐，请用该店的套餐编号。');
  if (a.carType !== 'sedan' && a.carType !== 'suv') return db.err('请说明是轿车还是 SUV。');
  const plate = String(a.plate || '').toUpperCase().replace(/[\s·.-]/g, '');
  if (!/^[\u4e00-\u9fa5][A-Z][A-Z0-9]{5,6}$/.test(plate)) return db.err('车牌不正确，例如 京N12345。');
  const m = /^(\d{4})(\d\d)(\d\d)(\d\d)(00|30)$/.exec(a.startTime || '');
  if (!m) return db.err('到店时间格式为 yyyyMMddHHmm，且须为整点或半点。');
  if (Date.parse(m[1] + '-' + m[2] + '-' + m[3] + 'T' + m[4] + ':' + m[5] + ':00+08:00') < Date.now()) return db.err('到店时间已过。');
  if (m[4] < '08' || m[4] >= '20') return db.err('营业时间 08:00-20:00。');
  const codes = a.addOnCodes || [];
  let totalFen = a.carType === 'suv' ? p[3] : p[2];
  for (const c of codes) {
    const x = db.ADDONS.filter(function (y) { return y.code === c; })[0];
    if (!x) return db.err('没有附加项 ' + c);
    totalFen += x.fen;
  }
  const list = db.all();
  const bookId = 'LC' + (5001 + list.length);
  list.push({ bookId: bookId, shopCode: a.shopCode, shopName: shop.shopName, packId: a.packId, packName: p[1], carType: a.carType, plate: plate, startTime: a.startTime, addOnCodes: codes, totalFen: totalFen, status: 'WAIT_PAY' });
  db.put(list);
  return { content: [{ type: 'text', text: '已占位，预约编号 ' + bookId + '，应付 ' + totalFen / 100 + ' 元，请支付。' }], structuredContent: { bookId: bookId, totalFen: totalFen, status: 'WAIT_PAY' } };
};
