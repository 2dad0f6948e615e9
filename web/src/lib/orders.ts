import type { Detail, Order, OrderState, Quote } from './types';

/** How a state is coloured. */
export function toneOf(state: OrderState): 'live' | 'good' | 'bad' | 'calm' {
  switch (state) {
    case 'fulfilled': return 'good';
    case 'failed': return 'bad';
    case 'cancelled': case 'refunded': return 'calm';
    default: return 'live';
  }
}

export const isOver = (o: Order) => ['fulfilled', 'failed', 'cancelled', 'refunded'].includes(o.state);
/** The merchant has it, or is about to: it can be called off. */
export const canCancel = (o: Order) => ['confirmed', 'held', 'placing', 'placed'].includes(o.state);
/** It was paid: the money can come back. */
export const canRefund = (o: Order) => o.state === 'fulfilled';

/** What was ordered, on one line. */
export function summary(q: Quote): string {
  return (q.lines ?? []).map((l) => (l.quantity > 1 ? `${l.title} ×${l.quantity}` : l.title)).join(' · ');
}

const mostFacts = 6;
const longestFact = 120;
// Ids and codes of the machine's own are no news to people, and money is told by the payment; what they may need
// (a pick-up code, a plate, a minute) has no such name.
const machine = /(^|_)(id|uuid|token|hash|pay|status|state|url|uri|currency|latitude|longitude|lat|lng|payee|amount|price|fee|fen|payable|total|quantity|qty|rating)(_|$)/i;

/**
 * The plain facts of a merchant's structured answer as labelled text, objects in it one level deep. What the quote
 * has told already is not told again.
 */
export function factsOf(result: unknown, told?: Quote): Detail[] {
  const known = new Set([told?.payee_name, told?.address, told?.time, ...(told?.details ?? []).map((d) => d.value),
    ...(told?.lines ?? []).flatMap((l) => [l.title, ...(l.options ?? [])])]);
  return entriesOf(result)
    .flatMap(([label, value]): [string, unknown][] => (isObject(value) ? entriesOf(value) : [[label, value]]))
    .filter(([label, value]) => (typeof value === 'string' || typeof value === 'number') && value !== '' && !machine.test(label) && !known.has(String(value)))
    .slice(0, mostFacts)
    .map(([label, value]) => ({ label: label.replaceAll('_', ' ').toLowerCase(), value: String(value).slice(0, longestFact) }));
}

function isObject(x: unknown): x is Record<string, unknown> {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

function entriesOf(x: unknown): [string, unknown][] {
  return isObject(x) ? Object.entries(x).map(([label, value]) => [label.replace(/([a-z])([A-Z])/g, '$1_$2'), value]) : [];
}
