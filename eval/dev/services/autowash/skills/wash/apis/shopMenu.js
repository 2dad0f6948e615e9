const db = require('../db');
exports.shopMenu = async function shopMenu(args) {
  const code = (args || {}).shopCode;
  const packs = Object.keys(db.PACKS).filter(function (k) { return db.PACKS[k][0] === code; }).map(function (k) {
    const p = db.PACKS[k];
    return { packId: k, packName: p[1], sedanFen: p[2], suvFen: p[3], minutes: p[4] };
  });
  if (!packs.length) return db.err('门店代码不对，请先查门店。');
  return { content: [{ type: 'text', text: '该店有 ' + packs.length + ' 个套餐' }], structuredContent: { packs: packs, addOns: db.ADDONS } };
};
