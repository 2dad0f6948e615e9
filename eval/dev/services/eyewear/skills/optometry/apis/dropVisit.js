import { text, err, read, write } from '../shared';

export async function dropVisit(args = {}) {
  const all = read();
  const v = all.find((x) => x.yyh === args.yyh);
  if (!v) return err('没有这个预约号。');
  v.zt = '已取消';
  write(all);
  return { content: text('预约已取消'), structuredContent: { yyh: v.yyh, zt: v.zt } };
}
