import type { Bundle, Order, OrderState, Quote, StreamEvent } from '../src/lib/types';

/** Numbers events as the stream does. */
export function numbered(...events: [string, object][]): StreamEvent[] {
  return events.map(([type, data], i) => ({ seq: i + 1, type, data }));
}

export const later = '2099-01-01T00:00:00Z';

export function quote(goal: string, amount: number): Quote {
  return {
    goal, service: `svc-${goal}`, payee: `m-${goal}`, payee_name: `Shop ${goal}`, amount: { amount, currency: 'CNY' },
    lines: [{ title: `Thing ${goal}`, quantity: 2, options: ['small'], amount }], address: 'Here 1',
  };
}

export function bundle(...orders: Quote[]): Bundle {
  return {
    id: 'b1', turn: 't1', person: 'p1', orders, policy: 'all', plan_hash: 'p', expires: later,
    total: { amount: orders.reduce((n, o) => n + o.amount.amount, 0), currency: 'CNY' },
  };
}

export function order(id: string, state: OrderState): Order {
  return { id, bundle: 'b1', turn: 't1', person: 'p1', quote: quote('g1', 900), state, created: later, updated: later };
}

/** A whole errand: said, understood, planned, asked, confirmed, paid and done. */
export const errand = numbered(
  ['turn', { turn: 't1', text: 'a thing', lang: 'en', at: later }],
  ['goals', { turn: 't1', engine: 'embedded', goals: [{ id: 'g1', text: 'a thing', title: 'Thing', count: 2 }] }],
  ['plan', { turn: 't1', hash: 'h', steps: [
    { id: 's1', goal: 'g1', service: 'svc', capability: 'find', title: 'Find', args: {}, effect: 'read', needs: [] },
    { id: 's2', goal: 'g1', service: 'svc', capability: 'order', title: 'Order', args: {}, effect: 'irreversible', needs: ['s1'] },
  ] }],
  ['step', { turn: 't1', id: 's1', goal: 'g1', title: 'Find', state: 'running', progress: 0.5 }],
  ['question', { pause: 'q1', turn: 't1', kind: 'choice', text: 'Which?', choices: [{ value: 'a', label: 'A' }], expires: later }],
  ['answered', { pause: 'q1', turn: 't1', state: 'answered', answer: { value: 'a' } }],
  ['step', { turn: 't1', id: 's1', goal: 'g1', title: 'Find', state: 'done', note: 'the nearest', elapsed_ms: 120 }],
  ['question', { pause: 'c1', turn: 't1', kind: 'confirm', text: 'Confirm?', expires: later }],
  ['bundle', { pause: 'c1', turn: 't1', hash: 'abc', bundle: bundle(quote('g1', 900)), balance: 5000 }],
  ['answered', { pause: 'c1', turn: 't1', state: 'answered', answer: { approve: true, hash: 'abc', policy: 'all' } }],
  ['payment', { turn: 't1', order: 'o1', payee: 'm-g1', name: 'Shop g1', amount: 900, currency: 'CNY', status: 'held' }],
  ['order', order('o1', 'placing')],
  ['step', { turn: 't1', id: 's2', goal: 'g1', title: 'Order', state: 'done' }],
  ['order', order('o1', 'fulfilled')],
  ['payment', { turn: 't1', order: 'o1', payee: 'm-g1', name: 'Shop g1', amount: 900, currency: 'CNY', status: 'captured' }],
  ['reply', { turn: 't1', text: 'Done.' }],
  ['done', { turn: 't1', outcome: 'done' }],
);
