import * as service from '../service';

export async function cancelPickup(args) {
  return service.cancelPickup(args || {});
}
