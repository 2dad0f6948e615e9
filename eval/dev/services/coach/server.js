state.orders = [];
var LINES = {
  '北京-天津': ['BJTJ', '六里桥客运站', '天津天环客运站', 5500, ['0700', '0900', '1100', '1400', '1530', '1700', '1900']],
  '天津-北京': ['TJBJ', '天津天环客运站', '六里桥客运站', 5500, ['0730', '0930', '1200', '1530', '1800']],
  '北京-保定': ['BJBD', '六里桥客运站', '保定客运中心', 6200, ['0800', '1030', '1330', '1600', '1830', '2000']],
  '保定-北京': ['BDBJ', '保定客运中心', '六里桥客运站', 6200, ['0700', '1000', '1500', '1800']],
  '北京-承德': ['BJCD', '四惠长途汽车站', '承德汽车东站', 8500, ['0730', '0900', '1230', '1500', '1730']],
  '承德-北京': ['CDBJ', '承德汽车东站', '四惠长途汽车站', 8500, ['0800', '1100', '1430', '1700']],
  '北京-张家口': ['BJZK', '六里桥客运站', '张家口客运总站', 7600, ['0730', '1000', '1400', '1730']],
  '张家口-北京': ['ZKBJ', '张家口客运总站', '六里桥客运站', 7600, ['0800', '1300', '1700']],
  '北京-唐山': ['BJTS', '四惠长途汽车站', '唐山西客运站', 7000, ['0800', '1000', '1300', '1600', '1830']],
  '唐山-北京': ['TSBJ', '唐山西客运站', '四惠长途汽车站', 7000, ['0730', '1030', '1430', '1730']]
};
// 张家口除 10:00 外均为商务大巴
function price(key, t) { return LINES[key][3] + (LINES[key][0].indexOf('ZK') >= 0 && t !== '1000' && t !== '1300' ? 2200 : 0); }
function ok(data) { return { text: JSON.stringify({ code: 0, msg: 'success', data: data }) }; }
function city(c) { return String(c || '').replace(/市$/, ''); }
tools.searchSchedules = function (a) {
  var key = city(a.fromCity) + '-' + city(a.toCity), l = LINES[key], d = String(a.travelDate || '');
  if (!/^\d{8}$/.test(d)) return { error: JSON.stringify({ code: 400, msg: 'travelDate格式错误，应为yyyyMMdd' }) };
  if (!l) return { error: JSON.stringify({ code: 404, msg: '未开通' + a.fromCity + '到' + a.toCity + '的线路' }) };
  var day = d.slice(0, 4) + '-' + d.slice(4, 6) + '-' + d.slice(6);
  return ok(l[4].filter(function (t) { return Date.parse(day + 'T' + t.slice(0, 2) + ':' + t.slice(2) + ':00+08:00') > now() + 30 * 60000; }).map(function (t) {
    return { scheduleNo: l[0] + d + t, fromStation: l[1], toStation: l[2], departTime: day + ' ' + t.slice(0, 2) + ':' + t.slice(2), busType: price(key, t) > l[3] ? '商务大巴' : '普通大巴', leftSeats: 21, price: price(key, t) };
  }));
};
tools.createOrder = function (a) {
  var m = /^([A-Z]{4})(\d{8})(\d{4})$/.exec(a.scheduleNo || ''), key = m && Object.keys(LINES).find(function (k) { return LINES[k][0] === m[1]; });
  if (!key || LINES[key][4].indexOf(m[3]) < 0) return { error: JSON.stringify({ code: 404, msg: '班次不存在' }) };
  var ad = a.adultNum == null ? 1 : a.adultNum, ch = a.childNum || 0, c = a.contact || {};
  if (ad < 1) return { error: JSON.stringify({ code: 400, msg: '至少一张成人票' }) };
  if (!c.name || !/^1\d{10}$/.test(c.mobile || '')) return { error: JSON.stringify({ code: 400, msg: '取票人信息不完整' }) };
  var p = price(key, m[3]);
  var o = { orderId: '26112400' + String(11 + state.orders.length), scheduleNo: a.scheduleNo, fromCity: key.split('-')[0], toCity: key.split('-')[1], departTime: m[2].slice(0, 4) + '-' + m[2].slice(4, 6) + '-' + m[2].slice(6) + ' ' + m[3].slice(0, 2) + ':' + m[3].slice(2), adultNum: ad, childNum: ch, contact: { name: c.name, mobile: c.mobile }, payAmount: ad * p + ch * Math.round(p / 2), status: 10 };
  state.orders.push(o);
  return ok({ orderId: o.orderId, payAmount: o.payAmount, status: 10, expireMinutes: 15 });
};
function find(a) { return state.orders.find(function (o) { return o.orderId === a.orderId; }); }
tools.payOrder = function (a) {
  var o = find(a);
  if (!o) return { error: JSON.stringify({ code: 404, msg: '订单不存在' }) };
  if (o.status !== 10) return { error: JSON.stringify({ code: 409, msg: '订单状态不允许支付' }) };
  o.status = 20;
  return ok({ orderId: o.orderId, payAmount: o.payAmount, status: 20, ticketCode: 'T' + o.orderId.slice(-4) });
};
tools.queryOrder = function (a) { var o = find(a); return o ? ok(o) : { error: JSON.stringify({ code: 404, msg: '订单不存在' }) }; };
tools.refundOrder = function (a) {
  var o = find(a);
  if (!o) return { error: JSON.stringify({ code: 404, msg: '订单不存在' }) };
  var paid = o.status === 20;
  o.status = paid ? 30 : 40;
  o.closed = 'yes';
  return ok({ orderId: o.orderId, status: o.status, refundAmount: paid ? o.payAmount : 0 });
};
