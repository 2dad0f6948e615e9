import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { shops } from '../dev/worlds.mjs';
import { ended, errand, onPlatform, say, signIn, toSlip, waiting, words } from './steps';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const parcel = { folder: fileURLToPath(new URL('./merchants/parcel', import.meta.url)), name: '轻舟快递' };
const place = onPlatform({ faults: { ride: { RIDE_SURGE: '1.4' } }, shops: { table: shops.table, repair: shops.repair }, packages: { parcel } });

const tags = { zh: 'zh-CN', en: 'en-GB' };
const phone = { width: 390, height: 844 }, desktop = { width: 1280, height: 800 };
const looks = [
  { lang: 'zh', theme: 'light', size: phone }, { lang: 'zh', theme: 'dark', size: desktop },
  { lang: 'en', theme: 'dark', size: phone }, { lang: 'en', theme: 'light', size: desktop },
] as const;

/** The page's violations of WCAG 2.2 A and AA, as short lines. */
async function violations(page: Page): Promise<string[]> {
  if (!await page.evaluate(() => 'axe' in window)) await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    const run = (window as unknown as { axe: { run: (o: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run;
    const { violations } = await run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} — ${n.failureSummary.slice(0, 240)}`));
  });
}

/** Looks at what stands there in both languages, themes and sizes: what is there is there again after a reload. */
async function look(page: Page, what: string, seen: () => Promise<void>, from: readonly (typeof looks)[number][] = looks) {
  for (const { lang, theme, size } of from) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    if (await page.locator('html').getAttribute('lang') !== tags[lang]) {
      await page.evaluate((l) => localStorage.setItem('bangwo.lang', l), lang);
      await page.reload();
    }
    await seen();
    expect.soft(await violations(page), `${what}, ${lang}, ${theme}, ${size.width}`).toEqual([]);
  }
}

test.describe.configure({ mode: 'parallel' });
test.use({ bypassCSP: true, serviceWorkers: 'block' });

test('every kind of card is accessible in both languages, themes and sizes', async ({ page }) => {
  test.setTimeout(400_000);
  await signIn(page, place.it);
  const there = () => expect(waiting(page)).toBeVisible();
  await look(page, 'hello', () => expect(page.locator('main ul button').first()).toBeVisible());
  await say(page, '帮我叫车');
  await there();
  await look(page, 'question', there);
  await page.goto(place.it.url);
  await say(page, '帮我寄个快递');
  await there();
  await look(page, 'consent', there);
  await page.goto(place.it.url);
  await say(page, '订一个望山餐厅的晚餐餐位');
  await page.evaluate(() => localStorage.setItem('bangwo.lang', 'en'));
  await there();
  await toSlip(page, 'en').then((b) => b.click());
  await waiting(page).locator('form').waitFor();
  await look(page, 'form', () => expect(waiting(page).locator('form')).toBeVisible());
});

test('the slip, what changed, what failed, receipts and pages are accessible in both languages, themes and sizes', async ({ page }) => {
  test.setTimeout(400_000);
  await signIn(page, place.it, 'en', 1);
  const there = () => expect(waiting(page)).toBeVisible();
  await say(page, errand.en);
  await toSlip(page, 'en');
  await look(page, 'slip', there);
  await toSlip(page, 'en').then((b) => b.click());
  await page.getByRole('heading', { name: words('bundle.title_again', 'en') }).waitFor();
  await look(page, 'changed', there);
  await toSlip(page, 'en').then((b) => b.click());
  await ended(page);
  await look(page, 'done', () => ended(page));
  await say(page, 'call a plumber');
  await toSlip(page, 'en').then((b) => b.click());
  await ended(page);
  await look(page, 'failed', () => ended(page));
  const receipt = await page.getByRole('link', { name: words('order.receipt', 'en') }).first().getAttribute('href');
  for (const path of [receipt!, '/orders', '/wallet', '/profile']) {
    await page.goto(place.it.url + path);
    await look(page, path, () => expect(page.locator('main').locator('section, li, article').first()).toBeVisible(), [looks[0], looks[2]]);
  }
});
