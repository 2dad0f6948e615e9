import * as medicine from './medicine';

export async function cancelMedOrder(args) {
  return medicine.cancelMedOrder(args || {});
}
