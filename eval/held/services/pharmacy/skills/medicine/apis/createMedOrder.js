import * as medicine from './medicine';

export async function createMedOrder(args) {
  return medicine.createMedOrder(args || {});
}
