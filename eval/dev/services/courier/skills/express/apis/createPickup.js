import * as service from '../service';

export async function createPickup(args) {
  return service.createPickup(args || {});
}
