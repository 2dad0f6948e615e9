import { STORES, text } from '../shared';

export async function storeInfo() {
  const stores = STORES;
  return { content: text('明眸眼镜在北京有三家店'), structuredContent: { stores } };
}
