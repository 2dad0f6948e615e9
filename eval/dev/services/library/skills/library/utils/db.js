export const BIBS = [
  { bibId: 'b1000218', title: '活着', author: '余华', language: '中文', inLibrary: 6 },
  { bibId: 'b1000219', title: '许三观卖血记', author: '余华', language: '中文', inLibrary: 3 },
  { bibId: 'b1000442', title: '球状闪电', author: '刘慈欣', language: '中文', inLibrary: 2 },
  { bibId: 'b1000443', title: '三体', author: '刘慈欣', language: '中文', inLibrary: 4 },
  { bibId: 'b1000610', title: '围城', author: '钱锺书', language: '中文', inLibrary: 5 },
  { bibId: 'b1000655', title: '白鹿原', author: '陈忠实', language: '中文', inLibrary: 2 },
  { bibId: 'b1000701', title: '百年孤独', author: '加西亚·马尔克斯', language: '中文', inLibrary: 3 },
  { bibId: 'b1000815', title: '哈利·波特与魔法石', author: 'J.K. 罗琳', language: '中文', inLibrary: 7 },
  { bibId: 'b2000031', title: "Harry Potter and the Philosopher's Stone", author: 'J.K. Rowling', language: '英文', inLibrary: 1 },
  { bibId: 'b2000077', title: 'The Old Man and the Sea', author: 'Ernest Hemingway', language: '英文', inLibrary: 2 },
  { bibId: 'b2000102', title: 'Educated: A Memoir', author: 'Tara Westover', language: '英文', inLibrary: 1 },
  { bibId: 'b2000140', title: 'Sapiens: A Brief History of Humankind', author: 'Yuval Noah Harari', language: '英文', inLibrary: 0 }
];
export const LOANS = [
  { loanId: '77120031', title: '三体', dueDate: '2026-11-28', renewable: true },
  { loanId: '77120054', title: 'Sapiens: A Brief History of Humankind', dueDate: '2026-12-05', renewable: true },
  { loanId: '77118876', title: '明朝那些事儿（第三册）', dueDate: '2026-11-26', renewable: false }
];
export const BRANCH = { '01': '总馆', '02': '中关村馆', '03': '上地馆' };
export function read(key) {
  const res = my.getStorageSync({ key });
  return (res && res.data) || [];
}
export function write(key, data) { my.setStorageSync({ key, data }); }
export function err(text) { return { isError: true, content: [{ type: 'text', text }] }; }
export function plusDays(day, n) { return new Date(Date.parse(day + 'T00:00:00Z') + n * 86400000).toISOString().slice(0, 10); }
