// Screenshots of every screen in both languages, themes and sizes: `npm run shots`, into web/shots (not tracked).
// BANGWO_URL names a running server; without it the mock is started on the built UI.
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { args, executablePath } from './browser.mjs';

const out = process.env.SHOTS_DIR ?? fileURLToPath(new URL('../shots/', import.meta.url));
const only = process.argv[2] ?? '';
const port = 5198;
const url = process.env.BANGWO_URL ?? `http://127.0.0.1:${port}`;
const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };
const say = {
  zh: '帮我叫辆车去机场，顺便在附近订三杯低糖拿铁',
  en: 'Help me order a car to the airport and, by the way, reserve three low-sugar lattes nearby',
};
const surge = { zh: '叫车去机场，带三杯拿铁（涨价）', en: 'A car to the airport and three lattes (surge)' };
const labels = {
  zh: { log: '对话内容', airport: /首都机场/, pay: /确认付款/, receipt: '看收据', again: /再确认一次/, form: '填一下表单', flowers: '订一束花送到家里', all: /都办好了/ },
  en: { log: 'Conversation', airport: /Capital Airport/, pay: /Confirm & pay/, receipt: 'Receipt', again: /confirm again/, form: 'Fill the form', flowers: 'Order a bouquet to my home', all: /All set/ },
};

await mkdir(out, { recursive: true });
const mock = process.env.BANGWO_URL ? undefined : spawn(process.execPath, [fileURLToPath(new URL('./mock.mjs', import.meta.url))], {
  env: { ...process.env, MOCK_PORT: String(port), MOCK_PACE: '0.5' }, stdio: ['ignore', 'pipe', 'inherit'],
});
if (mock) await new Promise((ready) => mock.stdout.once('data', ready));
const browser = await chromium.launch({ executablePath, args });
try {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const lang of ['zh', 'en']) {
      for (const theme of ['light', 'dark']) {
        const name = `${size}-${lang}-${theme}`;
        if (name.includes(only)) await tour(name, viewport, lang, theme);
      }
    }
  }
} finally {
  await browser.close();
  mock?.kill();
}

async function tour(name, viewport, lang, theme) {
  const context = await browser.newContext({
    viewport, locale: lang === 'zh' ? 'zh-CN' : 'en-GB', colorScheme: theme, deviceScaleFactor: 1, serviceWorkers: 'block',
  });
  const page = await context.newPage();
  page.on('console', (m) => { if (m.type() === 'error' && !m.text().includes('401')) console.log(`${name}: ${m.text()}`); });
  page.on('pageerror', (e) => console.log(`${name}: ${e}`));
  const shot = async (what, full = false) => page.screenshot({ path: `${out}/${name}-${what}.png`, fullPage: full });
  const l = labels[lang];
  const send = async (text) => {
    await page.locator('#say').fill(text);
    await page.keyboard.press('Enter');
  };
  await page.goto(url);
  const person = page.getByRole('button', { name: lang === 'zh' ? /林晓/ : /Amy/ });
  await person.waitFor();
  await shot('01-signin');
  await person.click();
  await page.locator('#say').waitFor();
  await page.waitForTimeout(300);
  await shot('02-hello');
  await send(say[lang]);
  await page.waitForTimeout(750);
  await shot('03-running');
  const airport = page.getByRole('button', { name: l.airport });
  await airport.waitFor();
  await page.waitForTimeout(900);
  await shot('04-question');
  await airport.first().click();
  const pay = page.getByRole('button', { name: l.pay });
  await pay.waitFor();
  await page.waitForTimeout(700);
  await shot('05-confirm');
  await pay.click();
  await page.waitForTimeout(500);
  await shot('06-placing');
  await page.getByText(l.all).first().waitFor();
  await page.waitForTimeout(700);
  await shot('07-done');
  await page.getByRole('link', { name: l.receipt }).first().click();
  await page.waitForTimeout(500);
  await shot('08-receipt');
  for (const [i, path] of ['orders', 'wallet', 'profile'].entries()) {
    await page.goto(`${url}/${path}`);
    await page.waitForTimeout(500);
    await shot(`${String(9 + i).padStart(2, '0')}-${path}`);
  }
  await page.goto(url);
  await page.locator('#say').waitFor();
  await send(surge[lang]);
  await airport.first().click();
  await pay.click();
  await page.getByText(l.again).waitFor();
  await page.waitForTimeout(500);
  await shot('12-changed');
  await page.goto(url);
  await page.locator('#say').waitFor();
  await send(l.form);
  await page.waitForTimeout(900);
  await shot('13-form');
  await page.goto(url);
  await page.locator('#say').waitFor();
  await send(l.flowers);
  await page.waitForTimeout(900);
  await shot('14-consent');
  if (viewport.width < 500) {
    await page.locator('header button').first().click();
    await page.waitForTimeout(400);
    await shot('15-drawer');
  }
  await context.close();
}
