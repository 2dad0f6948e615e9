import * as cinema from './cinema';

export async function getSeats(args) {
  return cinema.getSeats(args || {});
}
