import * as search from './search';

export async function listShops(args) {
  return search.listShops(args || {});
}
