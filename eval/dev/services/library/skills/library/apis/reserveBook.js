import { BIBS, BRANCH, read, write, err, plusDays } from '../utils/db';
export async function reserveBook({ bibId, branchCode, notifyMobile } = {}) {
  const bib = BIBS.find((b) => b.bibId === bibId);
  if (!bib) return err('书目号不存在，请先检索');
  if (!BRANCH[branchCode]) return err('取书馆应为 01、02 或 03');
  const list = read('lib_reserves');
  if (list.some((r) => r.bibId === bibId && r.state === '待取')) return err('您已预约过这本书');
  const today = new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10);
  const r = { rid: 'R' + (260001 + list.length), bibId, title: bib.title, branchCode, notifyMobile: notifyMobile || '', keepUntil: plusDays(today, 5), state: '待取' };
  list.push(r);
  write('lib_reserves', list);
  return {
    content: [{ type: 'text', text: `已预约《${bib.title}》，${BRANCH[branchCode]}取书，保留至 ${r.keepUntil}` }],
    structuredContent: { rid: r.rid, title: r.title, branchName: BRANCH[branchCode], keepUntil: r.keepUntil },
  };
}
