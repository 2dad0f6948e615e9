import * as service from '../service';

export async function estimateFee(args) {
  return service.estimateFee(args || {});
}
