import { ok, load } from '../common/rules';

export async function myTickets() {
  const orders = load().map(({ orderId, spotName, visitDate, totalFen, status }) => ({ orderId, spotName, visitDate, totalFen, status }));
  return ok(`共 ${orders.length} 个订单`, { orders });
}
