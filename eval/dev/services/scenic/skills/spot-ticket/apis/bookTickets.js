import { findSpot, sessionsOf, dayError, stockOf, ok, fail, load, save } from '../common/rules';

export async function bookTickets({ spotId, visitDate, sessionId, tickets = [], linkman = {} } = {}) {
  const spot = findSpot(spotId);
  if (!spot) return fail('没有这个景点，请先用 searchSpots 查询');
  const wrong = dayError(spot, visitDate);
  if (wrong) return fail(wrong);
  const sessions = sessionsOf(spot);
  const session = sessions.find((s) => s.sessionId === sessionId);
  if (sessions.length && !session) return fail(`${spot.spotName}分时段入场，请选择：${sessions.map((s) => `${s.sessionId} ${s.range}`).join('；')}`);
  const lines = [];
  for (const t of tickets) {
    const type = spot.types.find((x) => x.ticketCode === t.ticketCode);
    if (!type) return fail(`${spot.spotName}没有编码 ${t.ticketCode} 的票，可选：${spot.types.map((x) => x.ticketCode + x.title).join('、')}`);
    lines.push({ ticketCode: type.ticketCode, title: type.title, qty: t.qty, sumFen: type.priceFen * t.qty });
  }
  const count = lines.reduce((n, l) => n + l.qty, 0);
  if (count < 1 || count > 9) return fail('一单 1 到 9 张');
  if (count > stockOf(spot, visitDate)) return fail(`余票不足，只剩 ${stockOf(spot, visitDate)} 张`);
  const all = load();
  const order = {
    orderId: `MY${880100 + all.length}`, spotId: spot.spotId, spotName: spot.spotName, visitDate, sessionId: session ? session.sessionId : 0, sessionText: session ? session.range : '',
    lines, totalFen: lines.reduce((n, l) => n + l.sumFen, 0), linkman: { name: linkman.name || '', mobile: linkman.mobile || '' }, status: 'WAIT_PAY'
  };
  save([...all, order]);
  return ok(`已下单 ${count} 张，待付款 ${order.totalFen / 100} 元`, {
    orderId: order.orderId, spotName: order.spotName, visitDate, sessionText: order.sessionText,
    lines: lines.map(({ title, qty, sumFen }) => ({ title, qty, sumFen })), totalFen: order.totalFen, status: order.status
  });
}
