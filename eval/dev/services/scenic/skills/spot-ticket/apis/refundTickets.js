import { ok, fail, load, save } from '../common/rules';

export async function refundTickets({ orderId } = {}) {
  const all = load();
  const order = all.find((o) => o.orderId === orderId);
  if (!order) return fail('没有这个订单');
  if (order.status === 'REFUNDED') return fail('这个订单已经退过了');
  order.status = 'REFUNDED';
  save(all);
  return ok('已退票', { orderId, status: order.status });
}
