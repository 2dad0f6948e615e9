import { read, write, err } from '../utils/db';
export async function cancelReserve({ rid } = {}) {
  const list = read('lib_reserves');
  const r = list.find((x) => x.rid === rid);
  if (!r) return err('没有这张预约单');
  r.state = '已取消';
  write('lib_reserves', list);
  return { content: [{ type: 'text', text: '预约已取消' }], structuredContent: { rid, cancelled: true } };
}
