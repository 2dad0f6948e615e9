// Screenshots of every state on real platforms, in both languages, themes and sizes: `npm run shots [name-part]`, into
// web/shots (not tracked). BANGWO_BIN names the binary; it carries the UI that was built into it.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { args, executablePath } from './browser.mjs';
import { platform } from './platform.mjs';
import { scenes } from './scenes.mjs';
import { worlds } from './worlds.mjs';

const out = process.env.SHOTS_DIR ?? fileURLToPath(new URL('../shots/', import.meta.url));
const [wanted = '', looks = ''] = process.argv.slice(2);
const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

await mkdir(out, { recursive: true });
const browser = await chromium.launch({ executablePath, args });
try {
  for (const [world, list] of Object.entries(scenes)) {
    const some = list.filter((s) => `${world}/${s.name}`.includes(wanted));
    if (some.length > 0) await visit(world, some);
  }
} finally {
  await browser.close();
}

async function visit(world, list) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const lang of ['zh', 'en']) {
      for (const theme of ['light', 'dark']) {
        const look = `${size}-${lang}-${theme}`;
        if (!look.includes(looks)) continue;
        const place = await platform(worlds[world]); // what was bought before changes a picture
        try {
          for (const scene of list) await take(place, scene, { look, viewport, lang, theme });
        } finally {
          await place.close();
        }
      }
    }
  }
}

async function take(place, scene, { look, viewport, lang, theme }) {
  const context = await browser.newContext({
    viewport, locale: lang === 'zh' ? 'zh-CN' : 'en-GB', colorScheme: theme, deviceScaleFactor: scene.scale ?? 1, serviceWorkers: 'block', hasTouch: viewport.width < 500,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.addInitScript((l) => localStorage.setItem('bangwo.lang', l), lang);
  page.on('pageerror', (e) => console.log(`${look} ${scene.name}: ${e}`));
  const shot = async (name) => {
    await page.waitForTimeout(450);
    await page.screenshot({ path: `${out}/${name}-${look}.png` });
  };
  try {
    await scene.play({ page, context, place, lang, shot });
  } catch (error) {
    console.log(`${look} ${scene.name}: ${error}`);
    await shot(`${scene.name}-FAILED`);
  }
  await context.close();
}
