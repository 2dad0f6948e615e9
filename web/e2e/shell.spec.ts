import { expect, test } from '@playwright/test';
import { signIn, words } from './steps';

test('the page keeps to its policy: nothing inline, nothing from elsewhere @phone', async ({ page, baseURL }) => {
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on('console', (m) => { if (/Content Security Policy/i.test(m.text())) complaints.push(m.text()); });
  page.on('pageerror', (e) => complaints.push(String(e)));
  page.on('request', (r) => { if (!r.url().startsWith(baseURL!) && !r.url().startsWith('data:')) foreign.push(r.url()); });
  await signIn(page);
  for (const path of ['/orders', '/wallet', '/profile', '/']) {
    await page.goto(path);
    await page.locator('main').waitFor();
  }
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
});

test('the shell opens without a network, and says so', async ({ page, context }) => {
  await signIn(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await expect(page.locator('#say')).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('alert')).toContainText(words('app.network'));
  await context.setOffline(false);
  await page.getByRole('button', { name: words('app.retry') }).or(page.locator('#say')).first().waitFor();
});
