import * as medicine from './medicine';

export async function searchMedicine(args) {
  return medicine.searchMedicine(args || {});
}
