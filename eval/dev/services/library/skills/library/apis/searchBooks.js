import { BIBS, err } from '../utils/db';
export async function searchBooks({ kw } = {}) {
  const k = String(kw || '').toLowerCase().replace(/[《》"'“”]/g, '').trim();
  if (!k) return err('请提供书名或作者');
  const norm = (s) => s.toLowerCase().replace(/[《》"'“”]/g, '');
  const records = BIBS.filter((b) => norm(b.title).includes(k) || norm(b.author).includes(k));
  return {
    content: [{ type: 'text', text: records.length ? `检索到 ${records.length} 种图书` : '馆藏没有检索到，可换书名或作者再试' }],
    structuredContent: { total: records.length, records },
  };
}
