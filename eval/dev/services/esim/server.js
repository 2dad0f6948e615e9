state.orders = [];
var PLANS = [
  ['jp-3g-7d', 'Japan 3 GB / 7 days', 'JP', 3, 7, '39.00'], ['jp-10g-15d', 'Japan 10 GB / 15 days', 'JP', 10, 15, '79.00'], ['jp-unl-7d', 'Japan Unlimited / 7 days', 'JP', 999, 7, '129.00'],
  ['kr-5g-7d', 'South Korea 5 GB / 7 days', 'KR', 5, 7, '45.00'], ['kr-unl-5d', 'South Korea Unlimited / 5 days', 'KR', 999, 5, '88.00'],
  ['th-8g-8d', 'Thailand 8 GB / 8 days', 'TH', 8, 8, '35.00'], ['th-15g-15d', 'Thailand 15 GB / 15 days', 'TH', 15, 15, '59.00'],
  ['us-10g-30d', 'United States 10 GB / 30 days', 'US', 10, 30, '128.00'],
  ['eu-10g-15d', 'Europe 10 GB / 15 days', 'EU', 10, 15, '118.00'], ['eu-20g-30d', 'Europe 20 GB / 30 days', 'EU', 20, 30, '178.00'],
  ['hk-3g-3d', 'Hong Kong 3 GB / 3 days', 'HK', 3, 3, '18.00']
].map(function (p) { return { planId: p[0], name: p[1], country: p[2], dataGb: p[3], validityDays: p[4], price: { value: p[5], currency: 'CNY' } }; });
tools.search_esim_plans = function (a) {
  var c = String(a.country || '').toUpperCase();
  return { data: { plans: PLANS.filter(function (p) { return p.country === c && (!a.minDays || p.validityDays >= a.minDays) && (!a.minDataGb || p.dataGb >= a.minDataGb); }) } };
};
tools.purchase_esim = function (a) {
  var p = PLANS.filter(function (x) { return x.planId === a.planId; })[0];
  if (!p) return { error: 'Plan not found: ' + a.planId };
  var n = a.quantity || 1;
  var o = { orderId: 'RO' + (90010 + state.orders.length), planId: p.planId, name: p.name, country: p.country, quantity: n, phone: a.phone, startDate: a.startDate || '', amount: { value: (parseFloat(p.price.value) * n).toFixed(2), currency: 'CNY' }, status: 'ACTIVE' };
  state.orders.push(o);
  return { data: { orderId: o.orderId, planId: o.planId, quantity: n, amount: o.amount, status: o.status } };
};
tools.refund_esim = function (a) {
  var o = state.orders.filter(function (x) { return x.orderId === a.orderId; })[0];
  if (!o) return { error: 'Order not found' };
  o.status = 'REFUNDED';
  return { data: { orderId: o.orderId, status: o.status } };
};
