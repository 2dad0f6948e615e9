import * as service from '../service';

export async function payFee(args) {
  return service.payFee(args || {});
}
