import { LOANS, read, write, err, plusDays } from '../utils/db';
export async function renewLoan({ loanId, days } = {}) {
  const loan = LOANS.find((l) => l.loanId === loanId);
  if (!loan) return err('没有这条在借记录，请先查询在借图书');
  const list = read('lib_renewals');
  if (!loan.renewable || list.some((x) => x.loanId === loanId)) return err(`《${loan.title}》不能再续借，请按时归还`);
  const n = days || 14;
  if (![7, 14, 30].includes(n)) return err('续借天数只能是 7、14 或 30');
  const r = { loanId, title: loan.title, days: n, newDueDate: plusDays(loan.dueDate, n) };
  list.push(r);
  write('lib_renewals', list);
  return { content: [{ type: 'text', text: `《${loan.title}》已续借至 ${r.newDueDate}` }], structuredContent: { loanId, newDueDate: r.newDueDate } };
}
