state.orders = [];
var NAMES = { PAPER: '废纸', PLASTIC: '塑料瓶', METAL: '废金属', CLOTHES: '旧衣', APPLIANCE_LARGE: '大家电', APPLIANCE_SMALL: '小家电', FURNITURE: '旧家具', PHONE: '手机数码' };
var SLOTS = { T0912: '9:00-12:00', T1215: '12:00-15:00', T1518: '15:00-18:00', T1821: '18:00-21:00' };
tools.getPriceList = function () {
  return { text: '回收价格（仅供参考，以现场为准）：\n废纸 1.2元/公斤\n塑料瓶 1.8元/公斤\n废金属 2.6元/公斤\n旧衣鞋包 0.6元/公斤\n大家电 50-300元/件\n小家电 5-40元/件\n旧家具 免费搬走，不计价\n手机数码 现场检测报价' };
};
tools.checkArea = function (a) {
  return /北京/.test(a.address || '') ? { text: '该地址可以上门。' } : { text: '抱歉，该地址暂不在服务范围，目前只服务北京市。' };
};
tools.createPickup = function (a) {
  var c = a.customer || {}, today = new Date(now() + 8 * 36e5).toISOString();
  if (!/^1\d{10}$/.test(String(c.phone || ''))) return { error: '手机号格式不正确' };
  if (/上海|广州|深圳|天津|杭州/.test(c.address || '')) return { error: '该地址不在服务范围，目前只服务北京市' };
  if (!/^\d{4}-\d\d-\d\d$/.test(a.date) || a.date < today.slice(0, 10)) return { error: '上门日期不正确，应为今天或以后的日期，格式 yyyy-MM-dd' };
  if (Date.parse(a.date) - Date.parse(today.slice(0, 10)) > 7 * 864e5) return { error: '只能预约7天以内的上门' };
  if (!SLOTS[a.timeSlot]) return { error: '时间段只能是 ' + Object.keys(SLOTS).join('、') };
  var light = a.items.find(function (i) { return /PAPER|PLASTIC|METAL|CLOTHES/.test(i.category) && i.weightKg && i.weightKg < 5; });
  if (light) return { error: NAMES[light.category] + '满5公斤才上门，请攒够了再约' };
  var o = { orderNo: 'HS' + (260001 + state.orders.length), status: '待上门', customer: { name: c.name, phone: c.phone, address: c.address, floor: c.floor == null ? null : c.floor, hasElevator: c.hasElevator == null ? null : c.hasElevator },
    items: a.items.map(function (i) { return { category: i.category, name: i.name || NAMES[i.category], count: i.count == null ? null : i.count, weightKg: i.weightKg == null ? null : i.weightKg }; }), date: a.date, timeSlot: a.timeSlot, remark: a.remark || '' };
  state.orders.push(o);
  return { text: '预约成功！单号：' + o.orderNo + '。回收员将于' + o.date + ' ' + SLOTS[o.timeSlot] + '上门，请保持电话畅通。' };
};
tools.cancelPickup = function (a) {
  var o = state.orders.find(function (x) { return x.orderNo === a.orderNo; });
  if (!o) return { error: '没有找到单号 ' + a.orderNo };
  o.status = '已取消';
  return { text: '已取消，单号：' + o.orderNo };
};
