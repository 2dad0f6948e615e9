import { expect, test } from '@playwright/test';
import { balance, ended, errand, fen, onPlatform, orders, payButton, say, signIn, toSlip, waiting, words } from './steps';

const place = onPlatform();

for (const lang of ['zh', 'en'] as const) {
  test(`one sentence, one confirmation, one payment, receipts (${lang}) @phone`, async ({ page }) => {
    await signIn(page, place.it, lang, lang === 'zh' ? 0 : 1);
    const before = await balance(page);
    await say(page, errand[lang]);
    await expect(page.getByText(words('chat.understood', lang))).toBeVisible();
    await expect(page.getByRole('group', { name: words('plan.title', lang) })).toBeVisible();
    const pay = await toSlip(page, lang);
    const total = fen(await pay.textContent());
    expect(await balance(page), 'nothing moves before the yes').toEqual(before);
    await pay.click();
    await ended(page);

    const receipts = page.getByRole('link', { name: words('order.receipt', lang) });
    await expect(receipts).toHaveCount(2);
    await expect(page.getByText(words('end.all', lang))).toBeVisible();
    const after = await balance(page);
    expect([after.amount, after.available]).toEqual([before.amount - total, before.amount - total]);
    // Nothing of a machine's is on the cards, and nothing asks to pay what is paid.
    const text = await page.locator('main').innerText();
    expect(text).not.toMatch(/[a-z]+_[a-z]+|\b[a-z]+[A-Z][a-z]+\b|\/pages\/|分钟内付款|待付款/);

    await receipts.first().click();
    await expect(page.getByRole('heading', { level: 1, name: words('receipt.title', lang) })).toBeVisible();
    await expect(page.getByText(/[0-9a-f]{64}/)).toBeVisible();
    await page.goto(`${place.it.url}/wallet`);
    await expect(page.locator('main li a')).not.toHaveCount(0);
  });
}

test('not now pays nothing; Escape stops what waits; a reload changes nothing', async ({ page }) => {
  await signIn(page, place.it);
  const before = await balance(page);
  await say(page, errand.zh);
  await toSlip(page);
  const lines = await page.locator('[data-waits] h4').allInnerTexts();
  await page.reload();
  await expect(page.locator('[data-waits]')).toBeVisible();
  expect(await page.locator('[data-waits] h4').allInnerTexts()).toEqual(lines);
  await page.getByRole('button', { name: words('bundle.later') }).click();
  await expect(page.getByText(words('bundle.declined'))).toBeVisible();

  await say(page, errand.zh);
  await toSlip(page);
  await page.locator('main').focus();
  await page.keyboard.press('Escape');
  await ended(page);
  await expect(page.locator('ol > li:last-child article')).toContainText(/已取消|已停下/);
  await expect(page.locator('[data-waits]')).toHaveCount(0);
  expect(await balance(page)).toEqual(before);
});

test('by keyboard alone: said, confirmed, receipt; a screen reader hears what matters, not every tick', async ({ page }) => {
  await signIn(page, place.it);
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const region = document.querySelector('[aria-live=polite]')!;
    new MutationObserver(() => { const t = region.textContent?.trim(); if (t && heard.at(-1) !== t) heard.push(t); }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  await page.locator('main').focus();
  await page.keyboard.press('/');
  await page.keyboard.type(errand.zh);
  await page.keyboard.press('Enter');
  await toSlip(page);
  await page.locator('main').focus();
  await page.keyboard.press('j');
  await expect(page.locator('[data-waits] :focus')).toHaveCount(1);
  const most = 12;
  for (let i = 0; i < most && !await payButton(page).evaluate((b) => b === document.activeElement); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await ended(page);
  // The keyboard goes on from the slip, not from the top of the page.
  await expect(page.locator('article :focus')).toHaveCount(1);
  const receipt = page.getByRole('link', { name: words('order.receipt') }).first();
  for (let i = 0; i < most && !await receipt.evaluate((b) => b === document.activeElement); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: words('receipt.title') })).toBeVisible();

  const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  expect(heard.some((t) => /合计 ¥/.test(t)), heard.join(' | ')).toBe(true);
  expect(heard.length).toBeLessThanOrEqual(6);
  expect(heard.join(' ')).not.toMatch(/正在下单|款项已预留/);
});

test('what was bought is asked for, looked at and given back in the same conversation', async ({ page }) => {
  await signIn(page, place.it);
  const before = await balance(page);
  await say(page, '附近订两杯拿铁');
  await (await toSlip(page)).click();
  await ended(page);
  const [mine] = await orders(page);
  expect(mine!.state).toBe('fulfilled');
  for (const [said, seen] of [['我的订单到哪了', /已完成/], ['最近的订单', /¥/], ['看收据', /收据|凭据/], ['余额', /可用余额/]] as const) {
    await say(page, said);
    await ended(page);
    await expect(page.locator('ol > li:last-child article')).toContainText(seen);
  }
  await page.getByRole('button', { name: words('order.refund') }).last().click();
  await page.getByRole('alertdialog').getByRole('button', { name: words('order.keep') }).click();
  expect((await orders(page))[0]!.state).toBe('fulfilled');
  await page.getByRole('button', { name: words('order.refund') }).last().click();
  await page.getByRole('alertdialog').getByRole('button', { name: words('order.refund') }).click();
  await expect.poll(async () => (await orders(page)).find((o) => o.id === mine!.id)?.state).toBe('refunded');
  expect((await balance(page)).available).toBe(before.available);
  await page.goto(`${place.it.url}/orders/${mine!.id}`);
  await expect(page.locator('main')).toContainText(/已退款/);
  // And the same by words.
  await page.goto(place.it.url);
  await say(page, '附近订一杯美式');
  await (await toSlip(page)).click();
  await ended(page);
  await say(page, '刚才的咖啡退款');
  // Where several would fit it asks, and the newest stands first.
  const asked = waiting(page).getByRole('button').first();
  await expect(asked.or(page.locator('ol > li:last-child > article[data-ended]')).first()).toBeVisible();
  if (await asked.isVisible()) await asked.click();
  await ended(page);
  await expect.poll(async () => (await orders(page))[0]!.state).toMatch(/refunded|cancelled/);
  expect((await balance(page)).available).toBe(before.available);
});
