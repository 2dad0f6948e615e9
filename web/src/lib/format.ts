import { locale, t } from './i18n.svelte';
import type { Money } from './types';

const minorPerMajor = 100;

/** An amount of minor units for people: ¥54.00. */
export function amount(minor: number, currency = 'CNY'): string {
  const sign = minor < 0 ? '−' : '';
  const value = new Intl.NumberFormat(locale.tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    .format(Math.abs(minor) / minorPerMajor);
  return currency === 'CNY' || currency === '' ? `${sign}¥${value}` : `${sign}${value} ${currency}`;
}

export const money = (m: Money | undefined) => (m ? amount(m.amount, m.currency) : '');

/** How long something took, from milliseconds. */
export function took(ms: number): string {
  if (ms < 60_000) return t('time.seconds', { n: Math.max(0.1, ms / 1000).toFixed(1) });
  return t('time.minutes', { m: Math.floor(ms / 60_000), s: Math.round((ms % 60_000) / 1000) });
}

/** What is left until a moment, as 4:05, or 2 h and more as hours; "" when it is over. */
export function left(until: string | undefined, now: number): string {
  const end = moment(until);
  if (end === undefined) return '';
  const seconds = Math.ceil((end - now) / 1000);
  if (seconds <= 0) return '';
  const h = Math.floor(seconds / 3600), m = Math.floor((seconds % 3600) / 60), s = seconds % 60;
  const pad = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** A moment in milliseconds; undefined for none (Go's zero time is none). */
export function moment(at: string | undefined): number | undefined {
  if (!at || at.startsWith('0001-')) return undefined;
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? undefined : ms;
}

/** A moment for people: the time today, else the day too. */
export function when(at: string | undefined, now = Date.now()): string {
  const ms = moment(at);
  if (ms === undefined) return '';
  const d = new Date(ms);
  const time = new Intl.DateTimeFormat(locale.tag, { hour: '2-digit', minute: '2-digit' }).format(d);
  if (dayOf(ms) === dayOf(now)) return `${t('time.today')} ${time}`;
  if (dayOf(ms) === dayOf(now - 86_400_000)) return `${t('time.yesterday')} ${time}`;
  return `${new Intl.DateTimeFormat(locale.tag, { month: 'short', day: 'numeric' }).format(d)} ${time}`;
}

/** A moment in full, for receipts. */
export function whenFull(at: string | undefined): string {
  const ms = moment(at);
  if (ms === undefined) return '';
  return new Intl.DateTimeFormat(locale.tag, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(ms));
}

/** An order's own words for a time: a merchant's RFC 3339 is put for people, anything else is shown as it is. */
export function spoken(time: string | undefined): string {
  if (!time) return '';
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(time) && moment(time) !== undefined ? when(time) : time;
}

export function dayOf(ms: number): string {
  return new Date(ms).toDateString();
}
