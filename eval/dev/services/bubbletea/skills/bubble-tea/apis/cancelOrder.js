import * as orders from './orders';

export async function cancelOrder(args) {
  return orders.cancelOrder(args || {});
}
