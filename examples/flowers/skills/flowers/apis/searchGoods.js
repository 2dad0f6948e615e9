import { ok, fail } from '../utils/result';
import { search, occasionText, stockOf } from '../utils/catalog';

export async function searchGoods({ keyword, occasion, maxPriceFen } = {}) {
  if (maxPriceFen !== undefined && !(Number.isInteger(maxPriceFen) && maxPriceFen > 0)) return fail('预算应为正整数，单位分。');
  const goods = search(keyword, occasion, maxPriceFen).map((g) => ({
    goodsId: g.id,
    title: g.title,
    titleEn: g.en,
    flowers: g.flowers,
    occasion: occasionText(g),
    fromPriceFen: g.skus[0][2],
    soldOut: g.skus.every((_, i) => stockOf(g, i) === 0)
  }));
  return ok(goods.length ? `找到 ${goods.length} 种花礼。` : '没有找到合适的花礼，可以换个花材或场合再找。', { goods, found: goods.length });
}
