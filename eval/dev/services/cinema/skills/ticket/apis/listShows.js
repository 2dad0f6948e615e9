import * as cinema from './cinema';

export async function listShows(args) {
  return cinema.listShows(args || {});
}
