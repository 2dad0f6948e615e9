import { ok } from '../utils/result';

export async function bookJob({ jobId }) {
  const count = Number(my.getStorageSync({ key: 'count' }).data || 0) + 1;
  my.setStorageSync({ key: 'count', data: count });
  return ok('已登记，待付款', { ticketId: `${jobId}-${count}`, cents: 3000 });
}
