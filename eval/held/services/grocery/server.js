state.orders = [];
var ITEMS = [['milk-1l', 'Whole milk', '1 L carton', 'dairy', 1290], ['milk-oat', 'Oat milk', '1 L carton', 'dairy', 1990], ['egg-10', 'Free-range eggs', 'box of 10', 'dairy', 1680], ['yog-4', 'Plain yoghurt', 'pack of 4', 'dairy', 1450], ['apple-kg', 'Fuji apples', '1 kg', 'produce', 1280], ['ban-kg', 'Bananas', '1 kg', 'produce', 890], ['tom-kg', 'Tomatoes', '500 g', 'produce', 690], ['pot-kg', 'Potatoes', '1 kg', 'produce', 590], ['chk-br', 'Chicken breast', '500 g', 'meat', 1990], ['beef-m', 'Minced beef', '500 g', 'meat', 3590], ['bread-w', 'Wholemeal bread', 'loaf', 'bakery', 1350], ['bag-6', 'Bagels', 'pack of 6', 'bakery', 2200], ['rice-5', 'Jasmine rice', '5 kg bag', 'pantry', 4990], ['oil-1', 'Olive oil', '750 ml bottle', 'pantry', 6900], ['pasta', 'Spaghetti', '500 g', 'pantry', 1190], ['cola-6', 'Cola', 'six-pack', 'drinks', 1500], ['water-12', 'Mineral water', 'pack of 12', 'drinks', 2400], ['tp-10', 'Toilet paper', '10 rolls', 'household', 2990], ['soap', 'Dish soap', '500 ml', 'household', 990]];
function words(s) { return String(s).toLowerCase().replace(/[^a-z0-9 ]/g, ' ').split(/\s+/).filter(Boolean).map(function (w) { return w.replace(/ies$/, 'y').replace(/oes$/, 'o').replace(/s$/, ''); }); }
tools.search_items = function (a) {
  var q = words(a.query || '');
  return { data: { items: ITEMS.filter(function (i) { var t = words(i[1]); return (!q.length || q.some(function (w) { return t.indexOf(w) >= 0; })) && (!a.category || i[3] === a.category) && (!a.max_price_cents || i[4] <= a.max_price_cents); }).map(function (i) { return { sku: i[0], title: i[1], unit: i[2], price_cents: i[4], in_stock: true }; }) } };
};
function cart(a) {
  var lines = [], bad = '';
  if (String(a.address || '').length < 4) bad = 'A delivery address is required.';
  (a.items || []).forEach(function (x) { var i = ITEMS.find(function (y) { return y[0] === x.sku; }); if (!i) bad = 'Unknown sku ' + x.sku; else lines.push({ sku: i[0], title: i[1], qty: x.qty, amount_cents: i[4] * x.qty }); });
  var sub = lines.reduce(function (n, l) { return n + l.amount_cents; }, 0), del = sub >= 9900 ? 0 : 600;
  return { bad: bad, lines: lines, sub: sub, del: del };
}
tools.quote_cart = function (a) { var c = cart(a); return c.bad ? { error: c.bad } : { data: { subtotal_cents: c.sub, delivery_cents: c.del, total_cents: c.sub + c.del } }; };
tools.place_cart = function (a) {
  var c = cart(a);
  if (c.bad) return { error: c.bad };
  var o = { order_id: 'FC' + (state.orders.length + 1), lines: c.lines, address: a.address, window: a.window || 'asap', substitutions: !!a.substitutions, note: a.note || '', total_cents: c.sub + c.del, status: 'placed' };
  state.orders.push(o);
  return { data: { order_id: o.order_id, lines: c.lines.map(function (l) { return { title: l.title, qty: l.qty, amount_cents: l.amount_cents }; }), total_cents: o.total_cents, status: o.status } };
};
tools.cancel_cart = function (a) { var o = state.orders.find(function (x) { return x.order_id === a.order_id; }); if (!o) return { error: 'No such order.' }; o.status = 'cancelled'; return { data: { order_id: o.order_id, status: o.status } }; };
