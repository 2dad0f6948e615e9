import { expect, test } from '@playwright/test';
import { errand, say, signIn, toSlip, words } from './steps';

for (const lang of ['zh', 'en'] as const) {
  test(`one sentence, one confirmation, one payment, receipts (${lang}) @phone`, async ({ browser }) => {
    const context = await browser.newContext({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB' });
    const page = await context.newPage();
    await page.addInitScript((l) => localStorage.setItem('bangwo.lang', l), lang);
    await signIn(page);
    // Signing in takes the person's own language; the errand is said in this test's.
    await page.evaluate((l) => localStorage.setItem('bangwo.lang', l), lang);
    await page.reload();
    await say(page, errand[lang]);

    await expect(page.getByText(words('chat.understood', lang))).toBeVisible();
    await expect(page.getByRole('region', { name: words('plan.title', lang) })).toBeVisible();
    const pay = await toSlip(page, lang);
    const slip = page.locator('[data-waits]');
    await expect(slip.getByText(words('bundle.sub', lang))).toBeVisible();
    const total = /[\d,]+\.\d\d/.exec((await pay.textContent()) ?? '')?.[0];
    expect(total).toBeTruthy();
    await pay.click();

    await expect(page.getByText(words('bundle.paid', lang))).toContainText(total!);
    const receipts = page.getByRole('link', { name: words('order.receipt', lang) });
    await expect(receipts).toHaveCount(2, { timeout: 60_000 });
    await expect(page.getByText(words('payment.captured', lang)).first()).toBeVisible();

    await receipts.first().click();
    await expect(page.getByRole('heading', { level: 1, name: words('receipt.title', lang) })).toBeVisible();
    await expect(page.getByText(/[0-9a-f]{64}/)).toBeVisible();

    // Everything is still there after the page is opened anew.
    await page.goto('/orders');
    await expect(page.locator('main').getByRole('listitem')).not.toHaveCount(0);
    await context.close();
  });
}

test('not now pays nothing', async ({ page }) => {
  await signIn(page);
  await page.goto('/wallet');
  const balance = page.locator('main section').first();
  await expect(balance).toContainText('¥');
  const before = await balance.innerText();
  await page.goto('/');
  await say(page, errand.zh);
  await toSlip(page);
  await page.getByRole('button', { name: words('bundle.later') }).click();
  await expect(page.getByText(words('bundle.declined'))).toBeVisible();
  await page.goto('/wallet');
  await expect.poll(() => balance.innerText()).toBe(before);
});

test('a conversation is the same after a reload in the middle', async ({ page }) => {
  await signIn(page);
  await say(page, errand.zh);
  await toSlip(page);
  const text = await page.locator('[data-waits] h4').allInnerTexts();
  await page.reload();
  await expect(page.locator('[data-waits]')).toBeVisible();
  expect(await page.locator('[data-waits] h4').allInnerTexts()).toEqual(text);
  await page.getByRole('button', { name: words('bundle.later') }).click();
  await expect(page.getByText(words('bundle.declined'))).toBeVisible();
});

test('Escape stops a turn that runs or waits', async ({ page }) => {
  await signIn(page);
  await say(page, errand.zh);
  await expect(page.locator('[data-waits]')).toBeVisible({ timeout: 45_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByText(words('done.stopped'))).toBeVisible();
  await expect(page.locator('[data-waits]')).toHaveCount(0);
});

test('by keyboard alone: said, jumped to, and declined', async ({ page }) => {
  await signIn(page);
  await page.keyboard.press('/');
  await page.keyboard.type(errand.zh);
  await page.keyboard.press('Enter');
  await toSlip(page);
  await page.locator('main').focus();
  await page.keyboard.press('j');
  await expect(page.locator('[data-waits] :focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-waits]')).toHaveCount(0);
});
