import * as service from '../service';

export async function cancelTickets(args) {
  return service.cancelTickets(args || {});
}
