/** A wallet's statement as people read it: what one order did to it, from hold to refund, is one line. */
import type { Order, WalletEntry } from './types';

export interface Line { at: string; title: string; note: string; order: string; amount: number; currency: string; status: string; moved: boolean }

/** Entries come newest first; so do the lines, by their latest entry. */
export function linesOf(entries: WalletEntry[], orders: Order[]): Line[] {
  const byHold = new Map(orders.filter((o) => o.hold).map((o) => [o.hold!, o]));
  const made = new Map<string, Line>();
  entries.forEach((e, i) => {
    const key = e.hold || `entry-${i}`;
    const line = made.get(key);
    if (line) {
      // What came before the latest: only what was paid and then refunded still tells its amount.
      if (line.status === 'refunded' && e.status === 'captured') line.amount = e.amount;
      return;
    }
    const order = e.hold ? byHold.get(e.hold) : undefined;
    made.set(key, {
      at: e.at, title: order?.quote.payee_name ?? e.memo, note: (order?.quote.lines ?? []).map((l) => l.title).join(' · '), order: order?.id ?? '',
      amount: e.amount, currency: e.currency, status: e.status, moved: e.status !== 'voided' && e.status !== 'refunded',
    });
  });
  return [...made.values()];
}
