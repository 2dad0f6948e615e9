import { expect, test } from '@playwright/test';
import { shops } from '../dev/worlds.mjs';
import { balance, ended, errand, fen, onPlatform, orders, payButton, say, signIn, toSlip, words } from './steps';

test.describe('a fare that rises', () => {
  const place = onPlatform({ faults: { ride: { RIDE_SURGE: '1.4' } } });

  test('is shown before and after, and only the new yes pays it', async ({ page }) => {
    await signIn(page, place.it);
    const before = await balance(page);
    await say(page, errand.zh);
    await (await toSlip(page)).click();
    await expect(page.getByRole('heading', { name: words('bundle.title_again') })).toBeVisible();
    const slip = page.locator('[data-waits]');
    await expect(slip).toContainText(/金额/);
    const [was, now] = [fen(await slip.locator('s').innerText()), fen(await slip.locator('strong').first().innerText())];
    expect(now).toBeGreaterThan(was);
    expect(fen(await payButton(page).textContent())).toBe(now);
    await payButton(page).click();
    await ended(page);
    const paid = (await orders(page)).filter((o) => o.state === 'fulfilled');
    expect(paid.map((o) => o.quote.service).sort()).toEqual(['coffee', 'ride']);
    expect(paid.find((o) => o.quote.service === 'ride')!.quote.amount.amount).toBe(now);
    expect((await balance(page)).amount).toBe(before.amount - paid.reduce((n, o) => n + o.quote.amount.amount, 0));
    await expect(page.locator('main')).not.toContainText(/amount|price_changed/);
  });
});

test.describe('a part that fails after the yes', () => {
  const place = onPlatform({ shops: { repair: shops.repair, laundry: shops.laundry } });

  test('leaves nothing with all or nothing, and the rest with what can be had', async ({ page }) => {
    await signIn(page, place.it);
    const before = await balance(page);
    const said = '上门修水管，顺便洗一袋衣服';
    await say(page, said);
    let pay = await toSlip(page);
    await expect(page.getByRole('radio', { name: words('bundle.policy_all') })).toBeChecked();
    await pay.click();
    await ended(page);
    await expect(page.locator('main')).toContainText(shops.repair.reject!);
    expect((await balance(page))).toEqual(before);
    expect((await orders(page)).map((o) => o.state)).not.toContain('fulfilled');

    await page.goto(place.it.url);
    await say(page, said);
    pay = await toSlip(page);
    await page.getByText(words('bundle.policy_some')).click();
    await pay.click();
    await ended(page);
    const good = (await orders(page)).filter((o) => o.state === 'fulfilled');
    expect(good.map((o) => o.quote.service)).toEqual(['laundry']);
    expect((await balance(page)).amount).toBe(before.amount - good[0]!.quote.amount.amount);
    await expect(page.getByText(words('end.some'))).toBeVisible();
    await expect(page.getByRole('button', { name: words('end.retry') })).toHaveCount(1);
  });
});

test.describe('a part that cannot be prepared', () => {
  const place = onPlatform({ faults: { coffee: { fault_down: 'createOrder' } } });

  test('is told on the slip, and not charged', async ({ page }) => {
    await signIn(page, place.it);
    await say(page, errand.zh);
    const pay = await toSlip(page);
    await expect(page.locator('[data-waits]').getByText(words('bundle.missing'))).toBeVisible();
    await expect(page.locator('[data-waits] h4', { hasText: '山前咖啡' })).toHaveCount(0);
    const total = fen(await pay.textContent());
    const before = await balance(page);
    await pay.click();
    await ended(page);
    expect((await balance(page)).amount).toBe(before.amount - total);
  });
});
