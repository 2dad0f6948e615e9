import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';

// The running platform behind the UI while it is developed.
const api = process.env.BANGWO_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte(), tailwindcss()],
  resolve: process.env.VITEST ? { conditions: ['browser'] } : undefined,
  server: {
    proxy: { '/api': { target: api, changeOrigin: true } },
    fs: { allow: ['.', '../internal/i18n'] },
  },
  build: { outDir: '../internal/web/dist', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  test: { environment: 'happy-dom', include: ['test/**/*.test.ts'], setupFiles: ['test/setup.ts'] },
});
