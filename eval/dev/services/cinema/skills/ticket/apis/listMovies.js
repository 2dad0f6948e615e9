import * as cinema from './cinema';

export async function listMovies(args) {
  return cinema.listMovies(args || {});
}
