state.recharges = [];
var P = { F30: ['30元话费', 30], F50: ['50元话费', 49.9], F100: ['100元话费', 99.7], F200: ['200元话费', 199.3], F300: ['300元话费', 299], L1: ['1GB日包', 3], L10: ['10GB月包', 15], L30: ['30GB月包', 30] };
tools.query_products = function (a) {
  return { text: JSON.stringify({ mobile: a.mobile, carrier: /^13[4-9]/.test(a.mobile) ? '中国移动' : '中国联通', products: Object.keys(P).map(function (k) { return { product_code: k, name: P[k][0], price: P[k][1] }; }) }) };
};
tools.create_recharge = function (a) {
  var p = P[a.product_code];
  if (!p) return { error: '没有这个产品' };
  var r = { order_no: 'CZ' + (state.recharges.length + 1), mobile: a.mobile, product_code: a.product_code, name: p[0], price: p[1], status: '成功' };
  state.recharges.push(r);
  return { text: JSON.stringify(r) };
};
tools.query_recharge = function (a) { return { text: JSON.stringify({ list: state.recharges.filter(function (r) { return !a.mobile || r.mobile === a.mobile; }) }) }; };
