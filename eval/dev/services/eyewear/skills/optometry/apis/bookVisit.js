import { STORES, SLOTS, text, err, read, write } from '../shared';

export async function bookVisit(args = {}) {
  const { dm, xm, rq, sd, gkxm, lxdh, bz = '' } = args;
  if (!STORES.some((s) => s.dm === dm)) return err('没有这家门店。可选：中关村店、西单店、三里屯店。');
  if (!['1', '2', '3', '4'].includes(xm)) return err('项目不正确。');
  if (!/^\d{4}\/\d{2}\/\d{2}$/.test(rq || '')) return err('日期格式为 yyyy/MM/dd。');
  const day = Date.parse(rq.replace(/\//g, '-') + 'T00:00:00+08:00');
  if (day < Date.now() - 86400000 || day > Date.now() + 14 * 86400000) return err('只能约今天起 14 天内。');
  if (!SLOTS.includes(sd)) return err('时段只有 ' + SLOTS.join('、') + '。');
  if (!gkxm || !/^1\d{10}$/.test(lxdh || '')) return err('请提供顾客姓名和手机号。');
  const all = read();
  const yyh = 'MM' + (3001 + all.length);
  all.push({ yyh, dm, xm, rq, sd, gkxm, lxdh, bz, zt: '已约' });
  write(all);
  return { content: text(`约好了：${dm} ${rq} ${sd}`), structuredContent: { yyh, dm, rq, sd, zt: '已约' } };
}
