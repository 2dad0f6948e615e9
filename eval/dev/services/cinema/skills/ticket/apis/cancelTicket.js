import * as cinema from './cinema';

export async function cancelTicket(args) {
  return cinema.cancelTicket(args || {});
}
