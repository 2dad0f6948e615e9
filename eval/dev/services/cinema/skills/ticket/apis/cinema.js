import { MOVIES, HALLS, TIMES } from '../data/movies';
const ok = (text, structuredContent) => ({ content: [{ type: 'text', text }], structuredContent });
const fail = (text) => ({ isError: true, content: [{ type: 'text', text }] });
const read = () => my.getStorageSync({ key: 'lumen_tickets' }).data || {};
const today = () => new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
const clock = () => new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(11, 16);
const inText = (t, k) => t.toLowerCase().includes(k.toLowerCase()) || k.toLowerCase().includes(t.toLowerCase());

export async function listMovies({ keyword } = {}) {
  const movies = MOVIES.filter((m) => !keyword || inText(m.title, keyword) || inText(m.titleEn, keyword) || inText(m.genre, keyword));
  return ok(movies.length ? `${movies.length} 部影片` : '没有找到影片', { movies });
}
function showsOf(movieId, date) {
  const m = MOVIES.findIndex((x) => x.movieId === movieId);
  if (m < 0) return [];
  return TIMES[m].map((startTime, i) => {
    const h = HALLS[i % HALLS.length];
    return { showId: `${movieId}@${date}@${i}`, cinema: '光影集中关村店', startTime, hall: h[0], language: MOVIES[m].lang, priceFen: h[1] };
  });
}
export async function listShows({ movieId, date, hall }) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || date < today()) return fail('日期不对或已过。');
  let shows = showsOf(movieId, date).filter((s) => date > today() || s.startTime > clock());
  if (hall) shows = shows.filter((s) => inText(s.hall, hall));
  return ok(shows.length ? `${shows.length} 场` : '当天没有合适的场次', { shows });
}
const find = (showId) => { const [m, d] = String(showId).split('@'); return showsOf(m, d).find((s) => s.showId === showId); };
const soldSeats = (showId) => ['5-5', '5-6', '6-7'].concat(...Object.values(read()).filter((t) => t.showId === showId && t.state !== 'CANCELLED').map((t) => t.seatNos));
export async function getSeats({ showId }) {
  if (!find(showId)) return fail('场次不存在。');
  const sold = soldSeats(showId);
  const seats = [];
  for (const row of [5, 6, 4, 7, 8, 3, 2, 1, 9]) for (const col of [6, 7, 5, 8, 4, 9, 3, 10]) {
    const seatNo = `${row}-${col}`;
    seats.push({ seatNo, zone: row < 4 ? '前排' : row < 8 ? '中间' : '后排', sold: sold.includes(seatNo) });
  }
  return ok('座位图', { seats: seats.filter((s) => !s.sold).concat(seats.filter((s) => s.sold)) });
}
export async function lockSeats({ showId, seatNos }) {
  const s = find(showId);
  if (!s) return fail('场次不存在。');
  const sold = soldSeats(showId);
  const bad = seatNos.find((n) => sold.includes(n) || !/^[1-9]-([3-9]|10)$/.test(n));
  if (bad) return fail(`座位 ${bad} 不可选。`);
  if (new Set(seatNos).size !== seatNos.length) return fail('座位重复。');
  const all = read();
  const movie = MOVIES.find((m) => m.movieId === showId.split('@')[0]);
  const t = { ticketNo: `LM${8001 + Object.keys(all).length}`, showId, movieId: movie.movieId, title: movie.title, date: showId.split('@')[1], startTime: s.startTime, hall: s.hall, cinema: s.cinema, seatNos, count: seatNos.length, totalFen: s.priceFen * seatNos.length, state: 'WAIT_PAY' };
  all[t.ticketNo] = t;
  my.setStorageSync({ key: 'lumen_tickets', data: all });
  return ok(`已锁 ${seatNos.join('、')}，请在 10 分钟内支付。`, { ticketNo: t.ticketNo, title: t.title, startTime: `${t.date} ${t.startTime}`, cinema: t.cinema, seatNos, totalFen: t.totalFen, state: t.state });
}
export async function cancelTicket({ ticketNo }) {
  const all = read();
  if (!all[ticketNo]) return fail('没有这个订单。');
  all[ticketNo].state = 'CANCELLED';
  my.setStorageSync({ key: 'lumen_tickets', data: all });
  return ok('已取消。', { ticketNo, state: 'CANCELLED' });
}
