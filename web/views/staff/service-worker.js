// Keeps the page for when there is no network, with its files, and nothing else: no answer about a person is ever stored.
self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) =>
        cache.addAll(FILES.map((path) => new Request(path, { credentials: 'omit' }))),
      )
      .then(() => self.skipWaiting()),
  );
});
self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(() => caches.match(FILES[0])));
    return;
  }
  const { pathname } = new URL(request.url);
  if (FILES.includes(pathname) && pathname !== FILES[0]) {
    event.respondWith(fetch(request).catch(() => caches.match(pathname)));
  }
});
