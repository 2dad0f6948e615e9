import { expect, test } from '@playwright/test';
import { balance, ended, errand, fen, onPlatform, orders, say, signIn, toSlip, waiting, words } from './steps';

// Slow merchants, so that something can happen in the middle.
const place = onPlatform({ faults: { ride: { RIDE_FAULT: 'slow', RIDE_SLOW: '2500ms' }, coffee: { fault_slow: 400 } } });

test('the network goes in the middle of a turn, and what was missed is there when it is back', async ({ page, context }) => {
  await signIn(page, place.it);
  await say(page, errand.zh);
  await expect(page.getByRole('group', { name: words('plan.title') })).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText(words('app.offline'))).toBeVisible();
  await context.setOffline(false);
  await toSlip(page);
  await expect(page.getByText(words('app.offline'))).toHaveCount(0);
  // Said without a network it is kept, told, and said once when it is tried again.
  await page.getByRole('button', { name: words('bundle.later') }).click();
  await ended(page);
  await context.setOffline(true);
  await say(page, '余额');
  await expect(page.getByRole('alert')).toContainText(words('app.network').source.slice(4, 12));
  await context.setOffline(false);
  await page.getByRole('button', { name: words('app.retry') }).click();
  await ended(page);
  await expect(page.locator('ol > li article h2', { hasText: words('chat.you') })).toHaveCount(2);
});

test('the server is killed while it places the orders, comes back, and the run ends: paid once', async ({ page }) => {
  await signIn(page, place.it);
  const before = await balance(page);
  await say(page, errand.zh);
  const pay = await toSlip(page);
  const total = fen(await pay.textContent());
  await pay.click();
  await expect(page.getByText(words('order.placing')).first()).toBeVisible();
  await place.it.end('SIGKILL');
  await expect(page.getByText(words('app.reconnecting'))).toBeVisible();
  await place.it.start();
  await ended(page);
  await expect(page.getByText(words('app.reconnecting'))).toHaveCount(0);
  const mine = await orders(page);
  const done = mine.filter((o) => o.state === 'fulfilled').map((o) => o.quote.service).sort();
  expect(mine.every((o) => ['fulfilled', 'failed'].includes(o.state)), JSON.stringify(mine.map((o) => o.state))).toBe(true);
  const { amount, available } = await balance(page);
  expect([amount, available]).toEqual(done.length === 2 ? [before.amount - total, before.amount - total] : [before.amount, before.amount]);
});

test('the server is stopped and started while a slip waits, and the slip still stands', async ({ page }) => {
  await signIn(page, place.it);
  await say(page, '附近订三杯低糖拿铁');
  const pay = await toSlip(page);
  await place.it.end();
  await expect(page.getByText(words('app.reconnecting'))).toBeVisible();
  await place.it.start();
  await expect(page.getByText(words('app.reconnecting'))).toHaveCount(0);
  await pay.click();
  await ended(page);
  await expect(page.getByText(words('end.all'))).toBeVisible();
});

test.describe('a merchant that takes its time', () => {
  // Long enough for two clicks on a busy machine.
  const place = onPlatform({ faults: { ride: { RIDE_FAULT: 'slow', RIDE_SLOW: '8s' } } });

  test('an order is called off while it is placed, and nothing of it is paid', async ({ page }) => {
    await signIn(page, place.it);
    const before = await balance(page);
    await say(page, '叫辆车去机场');
    await (await toSlip(page)).click();
    await page.getByRole('button', { name: words('order.cancel') }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: words('order.cancel') }).click();
    await ended(page);
    await expect.poll(async () => (await orders(page))[0]!.state).toMatch(/cancelled|failed|refunded/);
    expect((await balance(page)).available).toBe(before.available);
    await expect(waiting(page)).toHaveCount(0);
  });
});
