state.orders = {};
const WINES = [
  ['finca-alba-malbec', 'Finca Alba Malbec 2021', '门多萨马尔贝克', 'red', 'AR', 128, 'Malbec, Mendoza. 14% ABV. Plum, violet, soft tannin. Beef, lamb skewers.'],
  ['lune-bordeaux', 'Château Lune Bordeaux Supérieur 2019', '月亮古堡波尔多', 'red', 'FR', 198, 'Merlot / Cabernet Franc, Bordeaux. 13.5% ABV. Blackcurrant, cedar.'],
  ['helan-cabernet', 'Helan Peak Cabernet Sauvignon 2020', '贺兰峰赤霞珠', 'red', 'CN', 168, 'Cabernet Sauvignon, Ningxia. 14.5% ABV. Ripe black fruit, oak.'],
  ['torre-rioja', 'Torre Vieja Rioja Crianza 2020', '老塔里奥哈', 'red', 'ES', 148, 'Tempranillo, Rioja. 13.5% ABV. Cherry, vanilla.'],
  ['kiwi-bay-sb', 'Kiwi Bay Sauvignon Blanc 2023', '奇异湾长相思', 'white', 'NZ', 138, 'Sauvignon Blanc, Marlborough. 12.5% ABV. Passion fruit, cut grass.'],
  ['mosel-riesling', 'Steinhof Mosel Riesling Kabinett 2022', '摩泽尔雷司令', 'white', 'DE', 118, 'Riesling, Mosel. 9% ABV. Off-dry. Peach, slate.'],
  ['vieille-chablis', 'Vieille Roche Chablis 2021', '老岩夏布利', 'white', 'FR', 238, 'Chardonnay, Chablis. 12.5% ABV. Lemon, flint, oysters.'],
  ['brina-prosecco', 'Brina Prosecco DOC', '布丽娜普罗塞克起泡酒', 'sparkling', 'IT', 108, 'Glera, Veneto. 11% ABV. Pear, white flowers.'],
  ['ca-nova-franciacorta', 'Ca Nova Franciacorta Brut', '新屋弗朗齐亚柯达起泡酒', 'sparkling', 'IT', 278, 'Chardonnay / Pinot Nero, Lombardy. 12.5% ABV.'],
  ['duvernay-champagne', 'Duvernay Champagne Brut NV', '杜维奈香槟', 'sparkling', 'FR', 388, 'Pinot Noir / Meunier / Chardonnay. 12% ABV. Brioche, apple.'],
  ['rosa-rose', "Rosa d'Estate Rosé 2023", '夏日玫瑰桃红', 'rose', 'IT', 98, 'Sangiovese, Tuscany. 12% ABV. Strawberry.'],
  ['tokaji-5p', 'Tokaji Aszú 5 Puttonyos 500ml', '托卡伊贵腐甜酒', 'dessert', 'HU', 320, 'Furmint, Tokaj. 11% ABV. Apricot, honey.']
];
tools.search_wines = function (a) {
  const words = String(a.query || '').toLowerCase().split(/\s+/).filter(Boolean);
  const hits = WINES.filter(w => {
    const hay = (w[1] + ' ' + w[2] + ' ' + w[6] + ' ' + w[3]).toLowerCase();
    return words.every(x => hay.includes(x)) && (!a.type || w[3] === a.type) && (!a.country || w[4] === a.country.toUpperCase()) && (a.maxPrice == null || w[5] <= a.maxPrice);
  });
  if (!hits.length) return { text: 'No wines found matching your criteria.' };
  return { text: `Found ${hits.length} wine(s):\n\n` + hits.map(w => `**${w[1]}** (${w[2]})\n- Type: ${w[3]}\n- Country: ${w[4]}\n- Price: ¥${w[5].toFixed(2)}\n- Wine ID: ${w[0]}`).join('\n\n') };
};
tools.get_wine = function (a) {
  const w = WINES.find(x => x[0] === a.wineId);
  return w ? { text: `**${w[1]}** (${w[2]})\n${w[6]}\nPrice: ¥${w[5].toFixed(2)}\nWine ID: ${w[0]}` } : { error: 'Wine not found: ' + a.wineId };
};
tools.buy_wine = function (a) {
  const w = WINES.find(x => x[0] === a.wineId);
  if (!w) return { error: 'Wine not found: ' + a.wineId };
  if (!/^1\d{10}$/.test(String(a.phone).replace(/\D/g, '').slice(-11))) return { error: 'Invalid phone number' };
  const tomorrow = new Date(now() + 32 * 36e5).toISOString().slice(0, 10), day = a.deliveryDate || tomorrow;
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || day < tomorrow) return { error: 'deliveryDate must be YYYY-MM-DD and not before ' + tomorrow };
  const n = a.bottles || 1, id = 'CD-' + (5001 + Object.keys(state.orders).length);
  const total = n * w[5] + (a.giftBox ? 15 : 0);
  state.orders[id] = { orderId: id, wineId: w[0], wine: w[1], bottles: n, giftBox: !!a.giftBox, recipient: a.recipient, phone: a.phone, address: a.address, deliveryDate: day, total: total, status: 'PAID' };
  return { text: `✅ Order placed!\n\nOrder ID: ${id}\n${n} x ${w[1]}\nDelivery: ${day}, ${a.address}\nTotal charged: ¥${total.toFixed(2)}` };
};
tools.cancel_wine_order = function (a) {
  const o = state.orders[a.orderId];
  if (!o) return { error: 'Order not found: ' + a.orderId };
  o.status = 'CANCELLED';
  return { text: `Order ${o.orderId} cancelled. ¥${o.total.toFixed(2)} refunded.` };
};
