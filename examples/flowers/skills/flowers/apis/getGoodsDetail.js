import { ok, fail } from '../utils/result';
import { findGoods, occasionText, skuId, stockOf } from '../utils/catalog';

export async function getGoodsDetail({ goodsId } = {}) {
  const goods = findGoods(goodsId);
  if (!goods) return fail('没有这件商品，请先查找花礼取得 goodsId。');
  const skus = goods.skus.map(([spec, specEn, priceFen], i) => {
    const stock = stockOf(goods, i);
    return { skuId: skuId(goods, i), spec, specEn, priceFen, stock, soldOut: stock === 0 };
  });
  return ok(`${goods.title}有 ${skus.length} 种规格。`, {
    goodsId: goods.id, title: goods.title, titleEn: goods.en, flowers: goods.flowers, occasion: occasionText(goods), skus
  });
}
