import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { shops } from '../dev/worlds.mjs';
import { onPlatform, payButton, say, signIn, toSlip, words } from './steps';

const parcel = { folder: fileURLToPath(new URL('./merchants/parcel', import.meta.url)), name: '轻舟快递' };
const { laundry, bakery, books, hamper } = shops;
const place = onPlatform({ shops: { laundry, bakery, books, hamper }, packages: { parcel } });

/** What makes a page hard to use with a thumb: too small to press, or wider than the window. */
async function ungainly(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const bad = [...document.querySelectorAll('button, a[href], select, summary, input:not([type=radio]):not([type=checkbox])')]
      .map((e) => ({ name: e.getAttribute('aria-label') ?? e.textContent?.trim().slice(0, 30), box: e.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5)).map(({ name, box }) => `${name} ${box.width}×${box.height}`);
    if (document.documentElement.scrollWidth > innerWidth) bad.push(`the page is ${document.documentElement.scrollWidth} wide`);
    return bad;
  });
}

test('a new conversation offers what the services themselves say, and does not jump', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const e of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) if (!e.hadRecentInput) (window as unknown as { shift: number }).shift += e.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await signIn(page, place.it);
  const ideas = page.locator('main ul button');
  await expect(ideas.first()).toContainText('，顺便');
  expect(await ideas.count()).toBeGreaterThanOrEqual(3);
  await page.reload();
  await expect(ideas.first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThan(0.1);
});

test('five merchants, twenty lines, long names: all to be read, and to be confirmed without scrolling @phone', async ({ page }) => {
  await signIn(page, place.it);
  for (const said of ['叫车去机场，订三杯低糖拿铁，买个生日蛋糕，洗一袋衣服，再订一本菜谱书', '订一个山野食集的野餐篮']) {
    await say(page, said);
    const pay = await toSlip(page);
    await expect(pay).toBeInViewport();
    expect(await ungainly(page)).toEqual([]);
    await page.getByRole('button', { name: words('bundle.later') }).click();
    await expect(payButton(page)).toHaveCount(0);
  }
  for (const path of ['/profile', '/orders', '/wallet']) {
    await page.goto(place.it.url + path);
    await page.locator('main').getByRole('heading').first().waitFor();
    expect(await ungainly(page), path).toEqual([]);
  }
});

test('the page keeps to its policy, can be installed, and opens without a network', async ({ page, context }) => {
  const complaints: string[] = [];
  page.on('console', (m) => { if (/Content Security Policy/i.test(m.text())) complaints.push(m.text()); });
  page.on('pageerror', (e) => complaints.push(String(e)));
  page.on('request', (r) => { if (!r.url().startsWith(place.it.url) && !r.url().startsWith('data:')) complaints.push(r.url()); });
  await signIn(page, place.it);
  for (const path of ['/orders', '/wallet', '/profile', '/']) {
    await page.goto(place.it.url + path);
    await page.locator('main').waitFor();
  }
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter((e) => e.errorId !== 'in-incognito')).toEqual([]);
  await page.reload();
  await expect(page.locator('#say')).toBeVisible();
  expect(complaints).toEqual([]);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('alert')).toContainText(words('app.network').source.slice(4, 12));
  await context.setOffline(false);
  await page.getByRole('button', { name: words('app.retry') }).or(page.locator('#say')).first().waitFor();
});

test('the interface changes its language at once, and keeps it', async ({ page }) => {
  await signIn(page, place.it);
  await page.locator('aside button[lang]').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-GB');
  await expect(page.locator('#say')).toHaveAttribute('placeholder', 'Say what you need');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-GB');
  await page.locator('aside button[lang]').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});
