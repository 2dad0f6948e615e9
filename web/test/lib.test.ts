import { afterEach, expect, test, vi } from 'vitest';
import { api, ApiError, session } from '../src/lib/api';
import { amount, left, spoken } from '../src/lib/format';
import { locale, t } from '../src/lib/i18n.svelte';
import { canCancel, canRefund } from '../src/lib/orders';
import { parse, pathOf } from '../src/lib/router.svelte';
import { linesOf } from '../src/lib/statement';
import { contentOf, fieldsOf } from '../src/lib/schema';
import { order } from './events';

afterEach(() => vi.unstubAllGlobals());

test('amounts are minor units', () => {
  expect(amount(5400)).toBe('¥54.00');
  expect(amount(5)).toBe('¥0.05');
  expect(amount(-123456, 'CNY')).toBe('−¥1,234.56');
  expect(amount(100, 'USD')).toBe('1.00 USD');
});

test('a countdown ends and never goes below', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(left('2026-01-01T00:04:05Z', now)).toBe('4:05');
  expect(left('2026-01-01T02:00:00Z', now)).toBe('2:00:00');
  expect(left('2025-12-31T23:59:59Z', now)).toBe('');
  expect(left('0001-01-01T00:00:00Z', now)).toBe('');
  expect(left('nonsense', now)).toBe('');
});

test('a merchant\'s own words for a time are not touched', () => {
  expect(spoken('in 12 minutes')).toBe('in 12 minutes');
  expect(spoken('2026-99-99T99:99')).toBe('2026-99-99T99:99');
});

test('addresses of the interface go both ways', () => {
  for (const path of ['/', '/c/abc', '/orders', '/orders/o%2F1', '/wallet', '/profile']) expect(pathOf(parse(path))).toBe(path);
  expect(parse('/nowhere/else')).toEqual({ name: 'chat', id: '' });
  expect(parse('/c/%E0%A4%A')).toEqual({ name: 'chat', id: '' });
});

test('the language changes at run time', () => {
  locale.use('zh');
  expect(t('goal.count', { n: 3 })).toBe('×3');
  expect(t('chat.send')).toBe('发送');
  locale.use('en');
  expect(t('chat.send')).toBe('Send');
});

test('what an order allows depends on its state', () => {
  expect([canCancel(order('o', 'placing')), canRefund(order('o', 'placing'))]).toEqual([true, false]);
  expect([canCancel(order('o', 'fulfilled')), canRefund(order('o', 'fulfilled'))]).toEqual([false, true]);
  expect([canCancel(order('o', 'failed')), canRefund(order('o', 'refunded'))]).toEqual([false, false]);
});

test('a form is read from a schema, and its content is typed', () => {
  const fields = fieldsOf({ type: 'object', required: ['n'], properties: {
    n: { type: 'integer', title: 'Number', minimum: 0 }, s: { type: 'string' }, e: { type: 'string', enum: ['a', 'b'], enumNames: ['A', 'B'] },
    c: { type: 'string', oneOf: [{ const: 'x', title: 'X' }] }, b: { type: 'boolean', default: true } } })!;
  expect(fields.map((f) => f.type)).toEqual(['integer', 'string', 'enum', 'enum', 'boolean']);
  expect(fields[2]!.options[1]).toEqual({ value: 'b', label: 'B' });
  expect(contentOf(fields, { n: '3', s: '', e: 'a', b: true })).toEqual({ n: 3, e: 'a', b: true });
});

test('a schema that is no flat form is refused, not guessed', () => {
  expect(fieldsOf(undefined)).toBeUndefined();
  expect(fieldsOf({ properties: { o: { type: 'object', properties: {} } } })).toBeUndefined();
  expect(fieldsOf({ properties: Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`f${i}`, { type: 'string' }])) })).toBeUndefined();
});

test('a fault is told in the server\'s words, else in ours, and a lost session is noticed', async () => {
  const answer = (status: number, body: string) => vi.stubGlobal('fetch', async () => new Response(body, { status }));
  session.lost = vi.fn();
  answer(402, JSON.stringify({ error: { code: 'funds', text: 'Not enough.' } }));
  await expect(api.me()).rejects.toMatchObject({ code: 'funds', message: 'Not enough.' });
  expect(session.lost).not.toHaveBeenCalled();
  answer(401, JSON.stringify({ error: { code: 'unsigned' } }));
  await expect(api.me()).rejects.toMatchObject({ code: 'unsigned', message: t('fault.unsigned') });
  expect(session.lost).toHaveBeenCalledOnce();
  answer(502, '<html>bad gateway</html>');
  await expect(api.me()).rejects.toMatchObject({ code: 'unavailable' });
  vi.stubGlobal('fetch', async () => { throw new TypeError('failed'); });
  await expect(api.me()).rejects.toBeInstanceOf(ApiError);
});

test('what one order did to the wallet is one line', () => {
  const entry = (hold: string, status: string, amount: number) => ({ at: '', memo: 'said', hold, amount, currency: 'CNY', status });
  const lines = linesOf([entry('o1/hold', 'refunded', 900), entry('o2/hold', 'voided', 0), entry('o1/hold', 'captured', -900), entry('o2/hold', 'held', -500),
    entry('o1/hold', 'held', -900), { at: '', memo: 'top-up', amount: 2000, currency: 'CNY', status: 'posted' }], [{ ...order('o1', 'refunded'), hold: 'o1/hold' }]);
  expect(lines.map((l) => [l.title, l.status, l.amount, l.moved])).toEqual([['Shop g1', 'refunded', -900, false], ['said', 'voided', 0, false], ['top-up', 'posted', 2000, true]]);
});
