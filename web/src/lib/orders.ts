import type { Order, OrderState, Quote } from './types';

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
