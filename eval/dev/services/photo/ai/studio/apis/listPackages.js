import { PACKAGES } from '../model/studio';
export async function listPackages() {
  return {
    content: [{ type: 'text', text: '以上为全部套餐，选定后查询档期' }],
    structuredContent: { packages: PACKAGES.map(({ bg, ...p }) => p) },
  };
}
