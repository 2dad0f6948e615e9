import { LOANS, read } from '../utils/db';
export async function myLoans() {
  const renewed = read('lib_renewals');
  const loans = LOANS.map((l) => {
    const r = renewed.find((x) => x.loanId === l.loanId);
    return r ? { ...l, dueDate: r.newDueDate, renewable: false } : l;
  });
  return { content: [{ type: 'text', text: `在借 ${loans.length} 册` }], structuredContent: { loans } };
}
