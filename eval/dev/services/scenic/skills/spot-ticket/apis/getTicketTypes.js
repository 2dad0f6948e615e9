import { findSpot, sessionsOf, dayError, stockOf, ok, fail } from '../common/rules';

export async function getTicketTypes({ spotId, visitDate } = {}) {
  const spot = findSpot(spotId);
  if (!spot) return fail('没有这个景点，请先用 searchSpots 查询');
  const wrong = dayError(spot, visitDate);
  if (wrong) return fail(wrong);
  const types = spot.types.map((t) => ({ ...t, stock: stockOf(spot, visitDate) }));
  return ok(`${spot.spotName} 有 ${types.length} 种票`, { spotName: spot.spotName, types, sessions: sessionsOf(spot) });
}
