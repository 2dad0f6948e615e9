import * as service from '../service';

export async function trackWaybill(args) {
  return service.trackWaybill(args || {});
}
