import * as service from '../service';

export async function cancelTable(args) {
  return service.cancelTable(args || {});
}
