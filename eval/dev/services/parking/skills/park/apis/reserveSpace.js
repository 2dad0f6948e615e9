import * as service from '../service';

export async function reserveSpace(args) {
  return service.reserveSpace(args || {});
}
