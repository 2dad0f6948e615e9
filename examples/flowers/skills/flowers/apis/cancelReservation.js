import { ok, fail } from '../utils/result';
import { sell } from '../utils/catalog';
import { find, save } from '../utils/reservations';

export async function cancelReservation({ reservationNo } = {}) {
  const r = find(reservationNo);
  if (!r) return fail('没有找到这个预订。');
  if (r.state === 'CANCELLED') return ok(`预订 ${reservationNo} 早已取消。`, { reservationNo, state: r.state });
  sell(r.skuId, -r.quantity);
  save({ ...r, state: 'CANCELLED' });
  return ok(`预订 ${reservationNo} 已取消。`, { reservationNo, state: 'CANCELLED' });
}
