import { orders, keep, oops, slotOf } from '../model/studio';
export async function reschedule({ orderNo, slotId } = {}) {
  const all = orders();
  if (!all[orderNo] || all[orderNo].status === 'CANCELED') return oops('没有这个订单');
  const s = slotOf(slotId);
  if (!s) return oops('档期不存在或已被约走，请重新查询档期');
  all[orderNo].startAt = s.startAt;
  keep(all);
  return { content: [{ type: 'text', text: `已改到 ${s.label}` }], structuredContent: { orderNo, startAt: s.startAt } };
}
