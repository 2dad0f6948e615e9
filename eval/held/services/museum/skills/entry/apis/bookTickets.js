import * as service from '../service';

export async function bookTickets(args) {
  return service.bookTickets(args || {});
}
