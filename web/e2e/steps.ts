import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';

const read = (lang: string) => JSON.parse(readFileSync(fileURLToPath(new URL(`../../internal/i18n/${lang}.json`, import.meta.url)), 'utf8'));
const catalogues: Record<string, Record<string, string>> = { zh: read('zh'), en: read('en') };

/** The words of a key, as a pattern that holds for any placeholder. */
export function words(key: string, lang = 'zh'): RegExp {
  const text = catalogues[lang]?.[key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return new RegExp(`^${text.split(/\{[a-z_]+\}/).map((s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}`);
}

export const errand = {
  zh: '帮我叫辆车去机场，顺便在附近订三杯低糖拿铁',
  en: 'Help me order a car to the airport and, by the way, reserve three low-sugar lattes nearby',
};

/** Signs in as a demo person. The first one has no language of their own: the browser's stays. */
export async function signIn(page: Page, index = 0) {
  await page.goto('/');
  await page.locator('main li button').nth(index).click();
  await expect(page.locator('#say')).toBeVisible();
}

export async function say(page: Page, text: string) {
  await page.locator('#say').fill(text);
  await page.locator('#say').press('Enter');
}

/** Answers whatever is asked by its first choice until the slip is there. */
export async function toSlip(page: Page, lang = 'zh'): Promise<Locator> {
  const pay = page.getByRole('button', { name: words('bundle.confirm', lang) });
  const most = 8;
  for (let i = 0; i < most; i++) {
    const waiting = page.locator('[data-waits]');
    await expect(waiting).toBeVisible({ timeout: 45_000 });
    if (await pay.isVisible()) return pay;
    const heading = await waiting.getByRole('heading').first().textContent();
    const field = waiting.locator('input[type=text], input:not([type])').first();
    if (await field.isVisible()) await field.fill('1').then(() => field.press('Enter'));
    else await waiting.getByRole('button').first().click();
    await expect(waiting.getByRole('heading', { name: heading ?? '' })).toHaveCount(0);
  }
  throw new Error('asked too often');
}
