import * as service from '../service';

export async function takeNumber(args) {
  return service.takeNumber(args || {});
}
