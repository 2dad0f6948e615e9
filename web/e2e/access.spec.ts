import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import { errand, say, signIn, toSlip } from './steps';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The page's violations of WCAG 2.2 A and AA, as short lines. Run from outside the page's policy. */
async function violations(page: Page): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.waitForTimeout(400);
  await page.addScriptTag({ path: axe }).catch(async () => { throw new Error('axe could not be loaded'); });
  return page.evaluate(async () => {
    const run = (window as unknown as { axe: { run: (o: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run;
    const { violations } = await run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} — ${n.failureSummary.slice(0, 240)}`));
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`every screen is accessible (${theme}) @phone`, async ({ browser, viewport }) => {
    const context = await browser.newContext({ bypassCSP: true, colorScheme: theme, viewport, locale: 'zh-CN', serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto('/');
    await page.locator('main li button').first().waitFor();
    expect.soft(await violations(page), 'sign-in').toEqual([]);
    await signIn(page);
    expect.soft(await violations(page), 'hello').toEqual([]);
    await say(page, errand.zh);
    await toSlip(page);
    expect.soft(await violations(page), 'the slip').toEqual([]);
    for (const path of ['/orders', '/wallet', '/profile']) {
      await page.goto(path);
      await page.locator('main').getByRole('heading').first().waitFor();
      await page.waitForTimeout(500);
      expect.soft(await violations(page), path).toEqual([]);
    }
    await context.close();
  });
}

test('nothing that can be pressed is smaller than 44 pixels @phone', async ({ page }) => {
  await signIn(page);
  await say(page, errand.zh);
  await toSlip(page);
  const small = await page.evaluate(() => [...document.querySelectorAll('button, a[href], select, summary, input:not([type=radio]):not([type=checkbox])')]
    .map((e) => ({ name: e.getAttribute('aria-label') ?? e.textContent?.trim().slice(0, 30), box: e.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5)).map(({ name, box }) => `${name} ${box.width}×${box.height}`));
  expect(small).toEqual([]);
});

test('the interface changes its language at once, and keeps it', async ({ page }) => {
  await signIn(page);
  await page.locator('aside button[lang]').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-GB');
  await expect(page.locator('#say')).toHaveAttribute('placeholder', 'Say what you need');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-GB');
  await page.locator('aside button[lang]').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});
