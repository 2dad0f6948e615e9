const db = require('../db');
exports.nearbyShops = async function nearbyShops(args) {
  const a = ((args || {}).area || '').replace(/店$/, '');
  const hit = db.SHOPS.filter(function (s) { return !a || s.shopName.indexOf(a) >= 0 || s.addr.indexOf(a) >= 0; });
  const shops = hit.length ? hit : db.SHOPS;
  return { content: [{ type: 'text', text: hit.length ? '找到 ' + shops.length + ' 家门店' : '这个区域没有门店，以下是全部门店' }], structuredContent: { shops: shops } };
};
