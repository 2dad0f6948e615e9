const MEDS = [['y01', '布洛芬缓释胶囊', '0.3g×20粒', '头痛、牙痛、发热、痛经', 1980], ['y02', '感冒灵颗粒', '10g×9袋', '感冒、鼻塞、流涕', 1550], ['y03', '维生素C泡腾片', '20片', '补充维生素', 2890], ['y04', '创可贴', '100片', '小伤口', 1290], ['y05', '蒙脱石散', '3g×10袋', '腹泻、拉肚子', 1680], ['y06', '氯雷他定片', '10mg×6片', '过敏、鼻炎', 2350], ['y07', '电子体温计', '1支', '测体温、发热', 3900], ['y08', 'N95口罩', '10只', '防护', 2500], ['y09', '碘伏消毒液', '100ml', '消毒', 890], ['y10', '健胃消食片', '32片', '消化不良、积食', 1450], ['y11', '润喉糖', '24粒', '咽喉不适、嗓子疼', 1200]]
  .map(([medId, medName, spec, forWhat, priceFen]) => ({ medId, medName, spec, forWhat, priceFen, stock: 50 }));
const say = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent });
const err = (text) => ({ isError: true, content: [{ type: 'text', text }] });
const load = () => my.getStorageSync({ key: 'km_orders' }).data || [];
const save = (data) => my.setStorageSync({ key: 'km_orders', data });
export async function searchMedicine({ keyword }) {
  if (/阿莫西林|头孢|安眠|奥司他韦/.test(keyword)) return err('该药为处方药，本店不售。');
  const medicines = MEDS.filter((m) => m.medName.includes(keyword) || keyword.includes(m.medName.slice(0, 3)) || m.forWhat.split('、').some((w) => keyword.includes(w) || w.includes(keyword)));
  return say(medicines.length ? `${medicines.length} 种` : '没有找到', { medicines });
}
export async function createMedOrder({ medId, quantity, address, contactPhone }) {
  const m = MEDS.find((x) => x.medId === medId);
  if (!m) return err('没有这个药品。');
  if (!(quantity >= 1 && quantity <= 5)) return err('一单最多 5 盒。');
  if (!address || address.length < 4) return err('缺少收货地址。');
  const all = load();
  const o = { medOrderNo: `KM${300 + all.length}`, medId, medName: m.medName, quantity, address, contactPhone: contactPhone || '', deliveryFen: 300, totalFen: m.priceFen * quantity + 300, state: 'WAIT_PAY' };
  save(all.concat(o));
  return say('已下单', { medOrderNo: o.medOrderNo, medName: o.medName, quantity, deliveryFen: 300, totalFen: o.totalFen, state: o.state });
}
export async function cancelMedOrder({ medOrderNo }) {
  const all = load();
  const o = all.find((x) => x.medOrderNo === medOrderNo);
  if (!o) return err('没有这个订单。');
  o.state = 'CANCELLED';
  save(all);
  return say('已取消', { medOrderNo, state: o.state });
}
