import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { args, executablePath } from './dev/browser.mjs';

// BANGWO_URL names a running platform; without it a fresh one with the demo merchants is started for the tests.
const port = Number(process.env.BANGWO_E2E_PORT ?? 18480);
const given = process.env.BANGWO_URL;
const baseURL = given ?? `http://127.0.0.1:${port}`;
const binary = process.env.BANGWO_BIN ?? fileURLToPath(new URL('../bin/bangwo', import.meta.url));
process.env.BANGWO_E2E_DATA ??= mkdtempSync(join(tmpdir(), 'bangwo-e2e-'));

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 240_000,
  expect: { timeout: 60_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  reporter: [['list']],
  use: { baseURL, locale: 'zh-CN', trace: 'retain-on-failure', launchOptions: { executablePath, args } },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
    { name: 'phone', use: { viewport: { width: 390, height: 844 }, hasTouch: true }, grep: /@phone/ },
  ],
  webServer: given ? undefined : {
    command: `"${binary}" serve --demo --data "${process.env.BANGWO_E2E_DATA}" --addr 127.0.0.1:${port}`,
    url: `${baseURL}/healthz`,
    timeout: 60_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
