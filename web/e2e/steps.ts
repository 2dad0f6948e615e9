import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { platform, type Platform, type Wishes } from '../dev/platform.mjs';

const read = (lang: string) => JSON.parse(readFileSync(fileURLToPath(new URL(`../../internal/i18n/${lang}.json`, import.meta.url)), 'utf8'));
const catalogues: Record<string, Record<string, string>> = { zh: read('zh'), en: read('en') };

/** The words of a key, as a pattern that holds for any placeholder. */
export function words(key: string, lang = 'zh'): RegExp {
  const text = catalogues[lang]?.[key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return new RegExp(`^\\s*${text.split(/\{[a-z_]+\}/).map((s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}`);
}

export const errand = {
  zh: '帮我叫辆车去机场，顺便在附近订三杯低糖拿铁',
  en: 'Help me order a car to the airport and, by the way, reserve three low-sugar lattes nearby',
};

/** A real platform for the tests of one file, with what is wished for. */
export function onPlatform(wishes: Wishes = {}): { readonly it: Platform } {
  const holder = { it: undefined as unknown as Platform };
  test.beforeAll(async () => { holder.it = await platform(wishes); });
  test.afterAll(async () => { await holder.it?.close(); });
  return holder;
}

/** Signs in as a demo person, with the interface in a language. */
export async function signIn(page: Page, place: Platform, lang: 'zh' | 'en' = 'zh', index = 0) {
  await page.addInitScript((l) => { if (!localStorage.getItem('bangwo.lang')) localStorage.setItem('bangwo.lang', l); }, lang);
  await page.goto(place.url);
  await page.locator('main li button').nth(index).click();
  await expect(page.locator('#say')).toBeVisible();
}

export async function say(page: Page, text: string) {
  await page.locator('#say').fill(text);
  await page.locator('#say').press('Enter');
}

export const waiting = (page: Page) => page.locator('[data-waits]').last();
export const payButton = (page: Page, lang = 'zh') => page.getByRole('button', { name: words('bundle.confirm', lang) });

/** The last thing said has come to its end, and nothing waits for the person. */
export async function ended(page: Page) {
  await expect(page.locator('ol > li:last-child > article[data-ended]')).toBeVisible();
}

/**
 * Answers whatever is asked by its first choice until the slip is there. A card is held on to by its element: a card
 * that goes while it is looked at must not become a click on the card that comes after it.
 */
export async function toSlip(page: Page, lang = 'zh'): Promise<Locator> {
  const pay = payButton(page, lang);
  const button = page.locator('[data-waits="question"] button:enabled').first();
  const most = 8;
  for (let i = 0; i < most; i++) {
    await expect(pay.or(button).first()).toBeVisible();
    if (await pay.isVisible()) return pay;
    const seen = await button.elementHandle({ timeout: 1000 }).catch(() => null);
    if (!seen) continue;
    await seen.click({ timeout: 5000 }).catch(() => undefined);
    await seen.waitForElementState('hidden', { timeout: 60_000 });
  }
  throw new Error('asked too often');
}

/** What the wallet holds, and what of it can be spent, in fen, as the API tells it. */
export async function balance(page: Page): Promise<{ amount: number; available: number }> {
  const answer = await page.request.get(new URL('/api/v1/wallet', page.url()).href);
  const { balance: b } = await answer.json() as { balance: { amount: number; available: number } };
  return b;
}

export interface OrderSeen { id: string; state: string; quote: { service: string; amount: { amount: number } } }
export async function orders(page: Page): Promise<OrderSeen[]> {
  return await (await page.request.get(new URL('/api/v1/orders?limit=50', page.url()).href)).json() as OrderSeen[];
}

/** The amount in a text, in fen. */
export function fen(text: string | null): number {
  const found = /([\d,]+)\.(\d\d)/.exec(text ?? '');
  if (!found) throw new Error(`no amount in ${text}`);
  return Number(found[1]!.replaceAll(',', '')) * 100 + Number(found[2]);
}
