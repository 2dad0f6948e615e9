import * as orders from './orders';

export async function calcPrice(args) {
  return orders.calcPrice(args || {});
}
