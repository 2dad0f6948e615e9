import { defineConfig } from '@playwright/test';
import { args, executablePath } from './dev/browser.mjs';

// Every file starts the platforms it needs from the built binary (BANGWO_BIN, else bin/bangwo), each with its own data.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  timeout: 180_000,
  expect: { timeout: 60_000 },
  fullyParallel: false,
  workers: 2,
  // These tests watch real processes by the clock: a machine that stands still for a moment is told as flaky, not as failed.
  retries: 1,
  reporter: [['list']],
  use: { locale: 'zh-CN', trace: process.env.BANGWO_TRACE ? 'retain-on-failure' : 'off', screenshot: 'only-on-failure', launchOptions: { executablePath, args } },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
    { name: 'phone', use: { viewport: { width: 390, height: 844 }, hasTouch: true }, grep: /@phone/ },
  ],
});
