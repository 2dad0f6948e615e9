const TRUCKS = {
  van: { base: 128, perMover: 60 },
  small_truck: { base: 198, perMover: 80 },
  medium_truck: { base: 298, perMover: 90 },
  large_truck: { base: 468, perMover: 100 }
}
const SERVICES = { packing: 260, disassembly: 180, cleaning_after: 150 }
const HOUR = 3600 * 1000

/** price checks a move and computes what it costs; the result has either `error` or the figures. */
export function price(move) {
  const { pickup = {}, dropoff = {}, start_time, services = [], special_items = [] } = move
  const truck = move.truck || 'medium_truck'
  const movers = move.movers === undefined ? 2 : move.movers
  if (!pickup.address || pickup.address.length < 4) return { error: 'pickup.address is missing. Ask the customer where the things are now.' }
  if (!dropoff.address || dropoff.address.length < 4) return { error: 'dropoff.address is missing. Ask the customer where the things go.' }
  if (pickup.address === dropoff.address) return { error: 'Both addresses are the same.' }
  const at = Date.parse(start_time)
  if (isNaN(at)) return { error: 'start_time must be ISO 8601, such as 2026-12-05T09:00:00+08:00.' }
  if (at < Date.now() + 2 * HOUR) return { error: 'Crews need two hours of notice. Offer a later time.' }
  if (at > Date.now() + 60 * 24 * HOUR) return { error: 'Moves can be booked 60 days ahead.' }
  const hour = new Date(at + 8 * HOUR).getUTCHours()
  if (hour < 6 || hour > 19) return { error: 'Crews start between 06:00 and 19:59. Offer a time in between.' }
  if (!TRUCKS[truck]) return { error: 'truck is one of ' + Object.keys(TRUCKS).join(', ') }
  if (truck === 'large_truck' && movers < 3) return { error: 'A large truck needs at least 3 movers.' }
  const stairs = [pickup, dropoff].reduce((n, a) => n + (a.has_elevator === false && a.floor > 1 ? (a.floor - 1) * 20 : 0), 0)
  const base = TRUCKS[truck].base + TRUCKS[truck].perMover * movers
  const extra = services.reduce((n, s) => n + SERVICES[s], 0) + special_items.length * 300
  const total = base + stairs + extra
  return { truck, movers, base_fee: base, stairs_fee: stairs, extra_fee: extra, total, deposit: Math.round(total * 0.2) }
}
