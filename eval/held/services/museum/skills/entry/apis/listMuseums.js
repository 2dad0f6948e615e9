import * as service from '../service';

export async function listMuseums(args) {
  return service.listMuseums(args || {});
}
