import { ok, fail } from '../utils/result';
import { find, latest } from '../utils/reservations';
import { view } from './reserveDelivery';

export async function getReservation({ reservationNo } = {}) {
  const r = reservationNo ? find(reservationNo) : latest();
  if (!r) return fail('没有找到预订。');
  return ok(`预订 ${r.reservationNo} 当前状态：${r.state}。`, view(r, r.reservationNo), { deliveryAddress: r.deliveryAddress });
}
