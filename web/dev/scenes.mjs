// What the screenshots show, by world. Each scene plays in a page of its own on a running platform.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const read = (lang) => JSON.parse(readFileSync(fileURLToPath(new URL(`../../internal/i18n/${lang}.json`, import.meta.url)), 'utf8'));
const catalogues = { zh: read('zh'), en: read('en') };
const most = 8;

/** The words of a key up to its first placeholder, as a pattern. */
const words = (key, lang) => new RegExp(catalogues[lang][key].split('{')[0].trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));

const errand = {
  zh: '帮我叫辆车去机场，顺便在附近订三杯低糖拿铁',
  en: 'Help me order a car to the airport and, by the way, reserve three low-sugar lattes nearby',
};

async function enter({ page, place, lang }) {
  await page.goto(place.url);
  await page.locator('main li button').nth(lang === 'zh' ? 0 : 1).click();
  await page.locator('#say').waitFor();
}

async function say(page, text) {
  await page.locator('#say').fill(text);
  await page.locator('#say').press('Enter');
}

const waiting = (page) => page.locator('[data-waits]');
const payButton = ({ page, lang }) => page.getByRole('button', { name: words('bundle.confirm', lang) });

/** Answers by the first choice until the slip is there; a card is held on to by its element (see e2e/steps.ts). */
async function toSlip(s) {
  const button = s.page.locator('[data-waits="question"] button:enabled').first();
  for (let i = 0; i < most; i++) {
    await payButton(s).or(button).first().waitFor();
    if (await payButton(s).isVisible()) return payButton(s);
    const seen = await button.elementHandle({ timeout: 1000 }).catch(() => null);
    if (!seen) continue;
    await seen.click({ timeout: 5000 }).catch(() => undefined);
    await seen.waitForElementState('hidden', { timeout: 60_000 });
  }
  throw new Error('asked too often');
}

const ended = (s) => s.page.locator('li:last-child > article[data-ended]').waitFor();

async function bought(s, text = errand[s.lang]) {
  await say(s.page, text);
  await (await toSlip(s)).click();
  await ended(s);
}

const scene = (name, play, scale) => ({ name, play, scale });

export const scenes = {
  plain: [
    scene('signin', async (s) => { await s.page.goto(s.place.url); await s.page.locator('main li button').first().waitFor(); await s.shot('01-signin'); }),
    scene('errand', async (s) => {
      await enter(s);
      await s.shot('02-hello');
      await say(s.page, s.lang === 'zh' ? '帮我叫车' : 'Book a ride');
      await waiting(s.page).first().waitFor();
      await s.shot('04-question');
      await s.page.goto(s.place.url);
      await say(s.page, errand[s.lang]);
      const pay = await toSlip(s);
      await s.shot('05-slip');
      await pay.click();
      await ended(s);
      await s.shot('07-done');
      await s.page.locator('article').last().getByRole('link', { name: words('order.receipt', s.lang) }).first().click();
      await s.page.locator('h1').waitFor();
      await s.shot('08-receipt');
      for (const path of ['orders', 'wallet', 'profile']) {
        await s.page.goto(`${s.place.url}/${path}`);
        await s.page.locator('main section, main li').first().waitFor();
        await s.shot(`09-${path}`);
      }
    }),
    scene('talk', async (s) => {
      await enter(s);
      for (const text of s.lang === 'zh' ? ['我的订单到哪了', '取消叫车的订单', '附近有什么咖啡店？', '帮我买张去上海的火车票'] : ['where is my order', 'cancel the ride', 'Which coffee shops are nearby?', 'buy me a train ticket to Shanghai']) {
        await say(s.page, text);
        await s.page.waitForTimeout(2500);
      }
      await s.shot('10-talk');
      if (await s.page.locator('header button').first().isVisible()) {
        await s.page.locator('header button').first().click();
        await s.shot('11-drawer');
      }
    }),
  ],
  slow: [scene('running', async (s) => {
    await enter(s);
    await say(s.page, errand[s.lang]);
    await s.page.waitForTimeout(2600);
    await s.shot('03-running');
    await s.context.setOffline(true);
    await s.page.waitForTimeout(600);
    await s.shot('03-offline');
    await s.context.setOffline(false);
    const pay = await toSlip(s);
    await pay.click();
    await s.page.waitForTimeout(1500);
    await s.shot('06-placing');
  })],
  surge: [scene('changed', async (s) => {
    await enter(s);
    await say(s.page, errand[s.lang]);
    await (await toSlip(s)).click();
    await s.page.getByText(words('bundle.title_again', s.lang)).waitFor();
    await s.shot('12-changed');
    await payButton(s).click();
    await ended(s);
    await s.shot('12-changed-done');
  })],
  soldOut: [scene('missing', async (s) => {
    await enter(s);
    await say(s.page, errand[s.lang]);
    await toSlip(s);
    await s.shot('13-missing');
  })],
  others: [
    scene('failed', async (s) => {
      await enter(s);
      const text = s.lang === 'zh' ? '上门修水管，顺便洗一袋衣服' : 'call a plumber and wash a bag of clothes';
      await bought(s, text);
      await s.shot('13-failed-all');
      await s.page.goto(s.place.url);
      await say(s.page, text);
      const pay = await toSlip(s);
      await s.page.getByText(words('bundle.policy_some', s.lang)).click();
      await pay.click();
      await ended(s);
      await s.shot('13-failed-some');
    }),
    scene('form', async (s) => {
      await enter(s);
      await say(s.page, s.lang === 'zh' ? '订一个望山餐厅的晚餐餐位' : 'book a dinner table');
      await (await toSlip(s)).click();
      await waiting(s.page).locator('form').waitFor();
      await s.shot('14-form');
      await waiting(s.page).locator('select').selectOption('garden');
      await waiting(s.page).locator('input[type=number]').fill('4');
      await waiting(s.page).locator('form button').first().click();
      await ended(s);
      await s.shot('14-form-done');
    }),
    scene('consent', async (s) => {
      await enter(s);
      await say(s.page, s.lang === 'zh' ? '帮我寄个快递' : 'Send a parcel');
      await waiting(s.page).first().waitFor();
      await s.shot('15-consent');
      await toSlip(s);
      await s.shot('15-consent-slip');
    }),
    scene('many', async (s) => {
      await enter(s);
      await say(s.page, s.lang === 'zh' ? '叫车去机场，订三杯低糖拿铁，买个生日蛋糕，洗一袋衣服，再订一本菜谱书'
        : 'a car to the airport, three low-sugar lattes, a birthday cake, a bag of laundry and a cookbook');
      await (await toSlip(s)).scrollIntoViewIfNeeded();
      await s.shot('16-five');
    }),
    scene('long', async (s) => {
      await enter(s);
      await say(s.page, s.lang === 'zh' ? '订一个山野食集的野餐篮' : 'order a picnic hamper');
      await toSlip(s);
      await s.shot('17-twenty');
    }),
  ],
};
