state.visits = [];
var CATS = [['K1', '水管维修', '水龙头漏水、下水道堵、马桶堵、水管爆裂', 3000], ['K2', '空调维修', '空调不制冷、空调漏水、空调清洗、加氟', 5000], ['K3', '电路维修', '跳闸、灯不亮、插座没电、换灯', 4000], ['K4', '洗衣机维修', '洗衣机不转、洗衣机漏水', 4500], ['K5', '冰箱维修', '冰箱不制冷、冰箱异响', 4500], ['K6', '开锁换锁', '钥匙丢了、门锁坏了、换锁芯', 8000], ['K7', '热水器维修', '热水器不出热水、热水器打不着火', 4500]];
var SLOTS = ['09:00-11:00', '11:00-13:00', '14:00-16:00', '16:00-18:00', '19:00-21:00'];
function cat(c) { return { category_id: c[0], category: c[1], examples: c[2], visit_fee: c[3] }; }
tools.list_categories = function (a) {
  var p = a.problem || '';
  var hit = CATS.filter(function (c) { return !p || p.indexOf(c[1].slice(0, 2)) >= 0 || c[1].indexOf(p) >= 0 || c[2].split('、').some(function (w) { return p.indexOf(w) >= 0 || w.indexOf(p) >= 0; }); });
  return { data: { categories: hit.map(cat) } };
};
function open(date) {
  var n = new Date(now() + 8 * 36e5).toISOString();
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || date < n.slice(0, 10)) return [];
  return SLOTS.filter(function (s) { return date > n.slice(0, 10) || s.slice(0, 5) > n.slice(11, 16); });
}
tools.list_visit_slots = function (a) { return { data: { slots: open(a.date).map(function (s, i) { return { slot: s, workers_left: 3 - i % 3 }; }) } }; };
tools.book_visit = function (a) {
  var c = CATS.find(function (x) { return x[0] === a.category_id; });
  if (!c) return { error: '没有该类目' };
  if (String(a.address || '').length < 4) return { error: '地址不完整' };
  if (open(a.date).indexOf(a.slot) < 0) return { error: '该时段不可预约' };
  var v = { visit_no: 'SX' + (9001 + state.visits.length), category_id: c[0], category: c[1], address: a.address, date: a.date, slot: a.slot, problem: a.problem || '', contact_phone: a.contact_phone || '', urgent: !!a.urgent, visit_fee: c[3] + (a.urgent ? 2000 : 0), status: '已预约' };
  state.visits.push(v);
  return { data: { visit_no: v.visit_no, category: v.category, date: v.date, slot: v.slot, address: v.address, visit_fee: v.visit_fee, status: v.status } };
};
tools.cancel_visit = function (a) {
  var v = state.visits.find(function (x) { return x.visit_no === a.visit_no; });
  if (!v) return { error: '没有该预约' };
  v.status = '已取消';
  return { data: { visit_no: v.visit_no, status: v.status } };
};
