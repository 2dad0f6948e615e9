state.orders = [];
var S = [
  ['INS-AC-WALL', 'Air conditioner installation (wall unit)', '挂式空调安装', 19900], ['INS-AC-CAB', 'Air conditioner installation (floor standing)', '柜式空调安装', 26900],
  ['INS-TV', 'TV wall mounting up to 75"', '电视挂墙安装', 15900], ['INS-WASH', 'Washing machine installation', '洗衣机安装', 9900], ['INS-DISH', 'Dishwasher installation', '洗碗机安装', 18900],
  ['INS-HOOD', 'Range hood installation', '油烟机安装', 16900], ['INS-HEATER', 'Water heater installation', '热水器安装', 14900], ['INS-LAMP', 'Ceiling lamp installation', '吸顶灯安装', 6900],
  ['INS-CURTAIN', 'Curtain rail installation', '窗帘杆安装', 5900], ['ASM-BED', 'Bed assembly', '床组装', 12900], ['ASM-WARD', 'Wardrobe assembly', '衣柜组装', 25900], ['ASM-DESK', 'Desk or table assembly', '书桌餐桌组装', 7900],
  ['ASM-SHELF', 'Bookshelf assembly', '书架书柜组装', 8900], ['INS-LOCK', 'Smart door lock installation', '智能门锁安装', 12900], ['INS-SHOWER', 'Shower set installation', '花洒淋浴安装', 9900]];
var OPT = { WALL_DRILLING: 3000, OLD_UNIT_REMOVAL: 8000, EXTRA_PIPE: 12000, WASTE_REMOVAL: 5000 };
var HOURS = [9, 11, 14, 16, 19];
function ok(v) { return { text: JSON.stringify({ code: 0, message: 'OK', data: v }) }; }
function bad(code, m) { return { error: JSON.stringify({ code: code, message: m }) }; }
function today() { return new Date(now() + 8 * 36e5).toISOString().slice(0, 10); }
function start(d, h) { return Date.parse(d + 'T00:00:00Z') / 1000 + (h - 8) * 3600; }
function slots(d) {
  return HOURS.map(function (h) { return { slotId: d.replace(/-/g, '') + '_' + h, startTime: start(d, h), endTime: start(d, h + 2), free: start(d, h) * 1000 > now() && !(h === 19 && new Date(d + 'T00:00:00Z').getUTCDay() === 0) }; });
}
tools.get_api_v1_services = function (a) {
  var q = String(a.q || '').toLowerCase(), words = q.match(/[a-z0-9]+/g) || [], han = q.replace(/[^\u4e00-\u9fff]/g, ''), size = a.size || 5, page = a.page || 1;
  var score = function (s) {
    var t = s[1].toLowerCase(), n = words.filter(function (w) { return w.length > 1 && w !== 'installation' && w !== 'install' && t.indexOf(w) >= 0; }).length;
    for (var i = 0; i + 2 <= han.length; i++) { var b = han.slice(i, i + 2); if (b !== '安装' && b !== '组装' && s[2].indexOf(b) >= 0) n++; }
    return n;
  };
  var all = q ? S.filter(score).sort(function (x, y) { return score(y) - score(x); }) : S;
  return ok({ content: all.slice((page - 1) * size, page * size).map(function (s) { return { serviceCode: s[0], name: s[1], nameZh: s[2], unitPrice: { amount: s[3], currency: 'CNY' } }; }), page: page, size: size, totalElements: all.length, last: page * size >= all.length });
};
tools.get_api_v1_slots = function (a) {
  if (!/^\d{4}-\d\d-\d\d$/.test(a.date || '') || a.date < today()) return bad(400, 'date must be today or later');
  return ok(slots(a.date).filter(function (s) { return s.free || a.onlyFree === false; }));
};
tools.post_api_v1_orders = function (a) {
  var b = a.body || {}, m = /^(\d{4})(\d\d)(\d\d)_(\d+)$/.exec(b.slotId || ''), s = m && slots(m[1] + '-' + m[2] + '-' + m[3]).find(function (x) { return x.slotId === b.slotId; });
  if (!s || !s.free) return bad(409, 'slotId is unknown or taken, see GET /api/v1/slots');
  var e = (b.entries || []).map(function (x) { var v = S.find(function (y) { return y[0] === x.serviceCode; }); return v && { serviceCode: v[0], name: v[1], quantity: x.quantity || 1, options: x.options || [], amount: (x.quantity || 1) * (v[3] + (x.options || []).reduce(function (n, o) { return n + (OPT[o] || 0); }, 0)) }; });
  if (!e.length || e.some(function (x) { return !x; })) return bad(422, 'unknown serviceCode, see GET /api/v1/services');
  if (!b.address || !b.address.detail) return bad(422, 'address.detail must not be empty');
  if (!b.contact || !/^1\d{10}$/.test(b.contact.phone || '')) return bad(422, 'contact.phone is not a mobile number');
  var o = { id: 900001 + state.orders.length, status: 'WAIT_PAY', entries: e, slotId: b.slotId, date: m[1] + '-' + m[2] + '-' + m[3], startTime: s.startTime, start: new Date(s.startTime * 1000).toISOString(), address: { city: b.address.city || null, detail: b.address.detail, lat: b.address.lat || null, lng: b.address.lng || null }, contact: b.contact, remark: b.remark || null,
    total: { amount: e.reduce(function (n, x) { return n + x.amount; }, 0), currency: 'CNY' } };
  state.orders.push(o);
  return ok({ id: o.id, status: o.status, startTime: o.startTime, total: o.total });
};
function find(id) { return state.orders.find(function (o) { return o.id === Number(id); }); }
tools.post_api_v1_orders_id_pay = function (a) {
  var o = find(a.id);
  if (!o) return bad(404, 'order not found');
  if (o.status !== 'WAIT_PAY') return bad(409, 'order is ' + o.status);
  o.status = 'PAID';
  return ok({ id: o.id, status: o.status, total: o.total });
};
tools.get_api_v1_orders_id = function (a) { var o = find(a.id); return o ? ok(o) : bad(404, 'order not found'); };
tools.delete_api_v1_orders_id = function (a) {
  var o = find(a.id);
  if (!o) return bad(404, 'order not found');
  o.status = 'CANCELLED';
  return ok({ id: o.id, status: o.status });
};
