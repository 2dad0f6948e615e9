// Keeps the shell so that the app opens without a network. It never touches the API: money and orders are only
// ever shown fresh. Assets carry a hash of their content, so what is kept stays right; the page is asked for first.
const SHELL = 'bangwo-shell-1';
const PAGE = '/';
const MAX_KEPT = 60;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.add(PAGE)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const drop = async () => {
    for (const name of await caches.keys()) if (name !== SHELL) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(drop());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/api/') || url.pathname === '/openapi.json' || url.pathname === '/sw.js') return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(kept(request));
  else event.respondWith(fresh(request));
});

async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.headers.get('content-type')?.startsWith('text/html')) {
      const cache = await caches.open(SHELL);
      await cache.put(PAGE, answer.clone());
    }
    return answer;
  } catch (error) {
    const copy = await caches.match(PAGE);
    if (copy) return copy;
    throw error;
  }
}

async function kept(request) {
  const copy = await caches.match(request);
  if (copy) return copy;
  const answer = await fetch(request);
  if (answer.ok) await keep(request, answer.clone());
  return answer;
}

async function fresh(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await keep(request, answer.clone());
    return answer;
  } catch (error) {
    const copy = await caches.match(request);
    if (copy) return copy;
    throw error;
  }
}

async function keep(request, answer) {
  const cache = await caches.open(SHELL);
  await cache.put(request, answer);
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - MAX_KEPT))) {
    if (new URL(key.url).pathname !== PAGE) await cache.delete(key);
  }
}
