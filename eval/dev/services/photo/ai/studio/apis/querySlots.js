import { PACKAGES, slotsOf, oops } from '../model/studio';
export async function querySlots({ packageCode, day } = {}) {
  if (!PACKAGES.some((p) => p.packageCode === packageCode)) return oops('套餐编码不存在');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day || '')) return oops('日期格式应为 yyyy-MM-dd');
  const slots = slotsOf(day);
  return { content: [{ type: 'text', text: slots.length ? `${day} 可约 ${slots.length} 个档期` : `${day} 已约满，请换一天` }], structuredContent: { slots } };
}
