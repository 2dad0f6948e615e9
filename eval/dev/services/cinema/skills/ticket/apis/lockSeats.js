import * as cinema from './cinema';

export async function lockSeats(args) {
  return cinema.lockSeats(args || {});
}
