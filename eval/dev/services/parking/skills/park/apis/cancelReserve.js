import * as service from '../service';

export async function cancelReserve(args) {
  return service.cancelReserve(args || {});
}
