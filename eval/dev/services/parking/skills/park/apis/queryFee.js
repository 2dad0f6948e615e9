import * as service from '../service';

export async function queryFee(args) {
  return service.queryFee(args || {});
}
