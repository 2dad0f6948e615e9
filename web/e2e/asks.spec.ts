import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { shops } from '../dev/worlds.mjs';
import { balance, ended, onPlatform, orders, say, signIn, toSlip, waiting, words } from './steps';

const parcel = { folder: fileURLToPath(new URL('./merchants/parcel', import.meta.url)), name: '轻舟快递' };
const place = onPlatform({ shops: { table: shops.table }, packages: { parcel } });

test('a question is answered by a button, and what was answered stays', async ({ page }) => {
  await signIn(page, place.it);
  await say(page, '帮我叫车');
  await expect(waiting(page)).toContainText(/去哪/);
  await waiting(page).getByRole('button', { name: '公司' }).click();
  await toSlip(page);
  await expect(page.locator('[data-waits]')).toContainText(/国贸|建国门/);
  await expect(page.getByText(words('ask.answered')).first()).toBeVisible();
});

test('a merchant\'s form is filled in while the order waits, and its answers reach the merchant', async ({ page }) => {
  await signIn(page, place.it);
  await say(page, '订一个望山餐厅的晚餐餐位');
  await (await toSlip(page)).click();
  const form = waiting(page).locator('form');
  await form.getByRole('button', { name: words('ask.submit') }).click();
  await expect(form, 'what is required is not left out').toBeVisible();
  await form.locator('select').selectOption('garden');
  await form.locator('input[type=number]').fill('4');
  await form.locator('input[type=text]').fill('靠近花圃的位子');
  await form.getByRole('button', { name: words('ask.submit') }).click();
  await ended(page);
  const card = page.locator('ol > li:last-child article');
  await expect(card).toContainText('B7');
  await expect(card).toContainText('靠近花圃的位子');
  await expect(card.getByText(words('ask.answered_form'))).toBeVisible();
  await expect(card).not.toContainText(/tableNo|holdUntil|garden/);
});

test('a form that is declined is no answer: no order, no money', async ({ page }) => {
  await signIn(page, place.it);
  const before = await balance(page);
  await say(page, '订一个望山餐厅的晚餐餐位');
  await (await toSlip(page)).click();
  await waiting(page).getByRole('button', { name: words('ask.decline') }).click();
  await ended(page);
  await expect(page.getByText(words('ask.declined'))).toBeVisible();
  expect((await orders(page))[0]!.state).toBe('failed');
  expect(await balance(page)).toEqual(before);
});

test('an address is given only where the person lets it: no, always, taken back', async ({ page }) => {
  await signIn(page, place.it);
  await say(page, '帮我寄个快递');
  await expect(waiting(page)).toContainText(words('ask.consent_title').source.replace(/^\^\\s\*/, ''));
  await waiting(page).getByRole('button', { name: '不可以' }).click();
  // A no is a no: the errand ends with the reason, nobody else is asked, and this merchant has no order and no address.
  await ended(page);
  await expect(page.locator('ol > li:last-child article')).toContainText(/不同意/);
  await expect(waiting(page)).toHaveCount(0);
  await page.goto(place.it.url);
  expect((await orders(page)).filter((o) => o.quote.service === 'parcel')).toEqual([]);

  await say(page, '帮我寄个快递');
  await waiting(page).getByRole('button', { name: '一直可以' }).click();
  await expect(page.getByText(words('ask.answered'))).toBeVisible();
  await (await toSlip(page)).click();
  await ended(page);
  await expect(page.locator('ol > li:last-child article')).toContainText('7312');
  await page.goto(`${place.it.url}/profile`);
  const consent = page.locator('main li', { hasText: '轻舟快递' });
  await expect(consent).toHaveCount(1);
  await page.goto(place.it.url);
  await say(page, '帮我寄个快递');
  await toSlip(page);
  await expect(page.getByText(words('ask.consent_title'))).toHaveCount(0);
  await page.getByRole('button', { name: words('bundle.later') }).click();

  await page.goto(`${place.it.url}/profile`);
  await consent.getByRole('button').click();
  await expect(consent).toHaveCount(0);
  await page.goto(place.it.url);
  await say(page, '帮我寄个快递');
  await expect(page.getByText(words('ask.consent_title'))).toBeVisible();
});

test('the profile is edited, and an address that was added is there to be used', async ({ page }) => {
  await signIn(page, place.it);
  await page.goto(`${place.it.url}/profile`);
  await page.getByRole('button', { name: words('profile.add') }).click();
  await page.getByLabel(words('profile.label')).fill('爸妈家');
  await page.getByLabel(words('profile.detail')).fill('北京市西城区德胜门外大街 10 号');
  await page.getByRole('button', { name: words('app.save') }).click();
  await expect(page.getByText(words('app.saved'))).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: '爸妈家' })).toBeVisible();
});
