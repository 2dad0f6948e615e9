import { DRINKS, SHOPS } from '../data/menu';
export async function searchDrinks({ keyword } = {}) {
  const list = DRINKS.filter((d) => !keyword || d.title.includes(keyword) || keyword.includes(d.title) || d.titleEn.toLowerCase().includes(keyword.toLowerCase()) || d.series.includes(keyword));
  return { content: [{ type: 'text', text: list.length ? `找到 ${list.length} 款` : '没有找到相关饮品' }], structuredContent: { list } };
}
export async function listShops({ keyword } = {}) {
  const hit = SHOPS.filter((s) => keyword && s.shopName.includes(keyword));
  const shops = hit.length ? hit : SHOPS;
  return { content: [{ type: 'text', text: `${shops.length} 家门店` }], structuredContent: { shops } };
}
