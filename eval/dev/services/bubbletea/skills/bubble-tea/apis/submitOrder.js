import * as orders from './orders';

export async function submitOrder(args) {
  return orders.submitOrder(args || {});
}
