import * as service from '../service';

export async function findRestaurants(args) {
  return service.findRestaurants(args || {});
}
