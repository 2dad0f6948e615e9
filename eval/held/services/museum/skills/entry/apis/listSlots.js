import * as service from '../service';

export async function listSlots(args) {
  return service.listSlots(args || {});
}
