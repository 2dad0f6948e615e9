import { read, write } from './storage';

const RESERVATIONS = 'moss_reservations';
const HOLD_MS = 30 * 60 * 1000;

export function find(reservationNo) {
  return read(RESERVATIONS, {})[reservationNo] || null;
}

export function latest() {
  const all = Object.values(read(RESERVATIONS, {}));
  return all.sort((a, b) => b.serial - a.serial)[0] || null;
}

export function save(reservation) {
  const all = read(RESERVATIONS, {});
  all[reservation.reservationNo] = reservation;
  write(RESERVATIONS, all);
}

export function nextSerial() {
  return Object.keys(read(RESERVATIONS, {})).length + 1;
}

export const holdUntil = (now) => new Date(now + HOLD_MS).toISOString();
