export const KEY = 'mm_visits';
export const STORES = [
  { dm: '中关村店', dz: '海淀区中关村大街 27 号 1 层', dh: '010-62560001', sj: '09:00-20:00' },
  { dm: '西单店', dz: '西城区西单北大街 131 号 3 层', dh: '010-66060002', sj: '09:00-20:00' },
  { dm: '三里屯店', dz: '朝阳区工体北路 8 号院 2 层', dh: '010-64170003', sj: '09:00-20:00' },
];
export const SLOTS = ['09:30', '11:00', '14:00', '15:30', '17:00', '19:00'];
export const text = (t) => [{ type: 'text', text: t }];
export const err = (t) => ({ isError: true, content: text(t) });
export const read = () => my.getStorageSync({ key: KEY }).data || [];
export const write = (data) => my.setStorageSync({ key: KEY, data });
