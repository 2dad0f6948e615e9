import { SPOTS } from '../data/spots';
import { ok } from '../common/rules';

const PAGE = 5;

export async function searchSpots({ keyword = '', city = '', pageNo = 1 } = {}) {
  const k = keyword.trim();
  const hit = SPOTS.filter((s) => (!city || s.city === city.replace(/市$/, '')) && (!k || s.spotName.includes(k) || k.includes(s.spotName) || s.kind.includes(k)));
  const totalPages = Math.max(1, Math.ceil(hit.length / PAGE));
  const list = hit.slice((pageNo - 1) * PAGE, pageNo * PAGE).map(({ spotId, spotName, city: c, kind, openTime, types }) => ({
    spotId, spotName, city: c, kind, openTime, fromPriceFen: Math.min(...types.map((t) => t.priceFen))
  }));
  return ok(hit.length ? `共 ${hit.length} 个景点，第 ${pageNo}/${totalPages} 页` : '没有找到这个景点，可以换个名字，或者按城市查', { list, pageNo, totalPages });
}
