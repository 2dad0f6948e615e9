state.orders = [];
const MENU = [
  { sku: 'SD01', name: 'Country Sourdough', name_zh: '乡村酸面包', category: 'loaf', price: 48 },
  { sku: 'RY02', name: 'Seeded Rye', name_zh: '籽籽黑麦面包', category: 'loaf', price: 42 },
  { sku: 'MB03', name: 'Hokkaido Milk Loaf', name_zh: '北海道吐司', category: 'loaf', price: 32 },
  { sku: 'BG04', name: 'Baguette', name_zh: '法棍', category: 'loaf', price: 18 },
  { sku: 'CR10', name: 'Butter Croissant', name_zh: '黄油可颂', category: 'pastry', price: 16 },
  { sku: 'CR11', name: 'Almond Croissant', name_zh: '杏仁可颂', category: 'pastry', price: 22 },
  { sku: 'CR12', name: 'Chocolate Croissant', name_zh: '巧克力可颂', category: 'pastry', price: 20 },
  { sku: 'CN13', name: 'Cinnamon Roll', name_zh: '肉桂卷', category: 'pastry', price: 19 },
  { sku: 'SC20', name: 'Scone', name_zh: '司康', category: 'snack', price: 14 },
  { sku: 'FO21', name: 'Rosemary Focaccia', name_zh: '迷迭香佛卡夏', category: 'snack', price: 35 },
  { sku: 'BB22', name: 'Banana Bread (slice)', name_zh: '香蕉面包（片）', category: 'snack', price: 18 }
];
tools.get_menu = (a) => {
  const list = MENU.filter((m) => !a.category || m.category === a.category);
  return { data: { result: list } };
};
tools.store_info = () => ({ text: 'Crumb Bakery, 28 Chengfu Road, Haidian (五道口成府路 28 号). Tel 010-6255 0128. Open every day 07:30-20:00.' });
tools.place_order = (a) => {
  if (!a.items || !a.items.length) return { error: 'Error executing tool place_order: items is empty' };
  const lines = [];
  for (const it of a.items) {
    const m = MENU.find((x) => x.sku === it.sku);
    if (!m) return { error: 'Error executing tool place_order: unknown sku ' + it.sku };
    const quantity = it.quantity || 1;
    if (it.sliced && m.category !== 'loaf') return { error: 'Error executing tool place_order: ' + m.name + ' cannot be sliced' };
    lines.push({ sku: m.sku, name: m.name, quantity, sliced: !!it.sliced, line_total: m.price * quantity });
  }
  const t = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)/.exec(a.pickup_time || '');
  if (!t) return { error: 'Error executing tool place_order: invalid pickup_time, expected YYYY-MM-DDTHH:MM' };
  if (t[2] < '07:30' || t[2] > '20:00') return { error: 'Error executing tool place_order: we are open 07:30-20:00' };
  if (Date.parse(t[1] + 'T' + t[2] + ':00+08:00') < now() + 3600e3) return { error: 'Error executing tool place_order: pickup_time must be at least one hour from now' };
  const o = { order_no: 'CB' + (1001 + state.orders.length), status: 'paid', items: lines, pickup_time: t[1] + 'T' + t[2], customer_name: a.customer_name, phone: a.phone, note: a.note || null, total: lines.reduce((s, l) => s + l.line_total, 0) };
  state.orders.push(o);
  return { data: { order_no: o.order_no, status: o.status, pickup_time: o.pickup_time, total: o.total } };
};
tools.cancel_order = (a) => {
  const o = state.orders.find((x) => x.order_no === a.order_no);
  if (!o) return { error: 'Error executing tool cancel_order: order not found' };
  o.status = 'refunded';
  return { text: 'Order ' + o.order_no + ' cancelled, ' + o.total + ' CNY refunded.' };
};
