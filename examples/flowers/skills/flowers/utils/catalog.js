import { GOODS } from '../data/goods';
import { read, write } from './storage';
import { list } from './faults';

const SOLD = 'moss_sold';

const OCCASION_TEXT = {
  birthday: '生日', love: '爱情', anniversary: '纪念日', mother: '母亲', thanks: '感谢',
  visit: '探望', graduation: '毕业', opening: '开业', housewarming: '乔迁'
};

export const occasionText = (g) => g.occasions.map((o) => OCCASION_TEXT[o]).join('、');

export const skuId = (g, i) => `${g.id}-${i + 1}`;

export function findGoods(goodsId) {
  return GOODS.find((g) => g.id === goodsId) || null;
}

// 由 skuId 找到商品与规格
export function findSku(id) {
  for (const goods of GOODS) {
    const index = goods.skus.findIndex((_, i) => skuId(goods, i) === id);
    if (index >= 0) {
      const [spec, specEn, priceFen] = goods.skus[index];
      return { goods, index, skuId: id, spec, specEn, priceFen };
    }
  }
  return null;
}

export function stockOf(goods, index) {
  const id = skuId(goods, index);
  const out = list('sold_out');
  if (out.includes(id) || out.includes(goods.id)) return 0;
  return Math.max(0, goods.skus[index][3] - (read(SOLD, {})[id] || 0));
}

// 卖出；count 为负是退回
export function sell(id, count) {
  const sold = read(SOLD, {});
  sold[id] = Math.max(0, (sold[id] || 0) + count);
  write(SOLD, sold);
}

export function search(keyword, occasion, maxPriceFen) {
  const word = (keyword || '').trim().toLowerCase();
  return GOODS.filter((g) => {
    if (occasion && !g.occasions.includes(occasion)) return false;
    if (maxPriceFen && g.skus[0][2] > maxPriceFen) return false;
    if (!word) return true;
    const texts = [g.title, g.en, g.flowers, occasionText(g)].map((s) => s.toLowerCase()).filter(Boolean);
    if (texts.some((t) => t.includes(word) || word.includes(t))) return true;
    const parts = word.split(/[\s、，,]+/).filter((p) => p.length > 1);
    return parts.some((p) => texts.some((t) => t.includes(p.replace(/s$/, ''))));
  });
}
