import * as search from './search';

export async function searchDrinks(args) {
  return search.searchDrinks(args || {});
}
