import { orders, keep, oops } from '../model/studio';
export async function cancelPhotoOrder({ orderNo } = {}) {
  const all = orders();
  if (!all[orderNo]) return oops('没有这个订单');
  all[orderNo].status = 'CANCELED';
  keep(all);
  return { content: [{ type: 'text', text: '订单已取消' }], structuredContent: { orderNo, status: 'CANCELED' } };
}
