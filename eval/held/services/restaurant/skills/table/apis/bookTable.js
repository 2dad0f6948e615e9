import * as service from '../service';

export async function bookTable(args) {
  return service.bookTable(args || {});
}
