// Put in the place of /w/sw.js it takes that worker, and all that it kept, off each phone that opens a page. See docs/operating.md.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
}
