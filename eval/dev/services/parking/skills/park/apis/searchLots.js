import * as service from '../service';

export async function searchLots(args) {
  return service.searchLots(args || {});
}
