// The hall as an installed program: its styles and signs are kept on this device, and a page that says so when there is
// no connection. No page that somebody looked at is kept: they are private.
const NAME = {{ name|tojson }};
const OFFLINE = {{ offline|tojson }};
const SHELL = {{ shell|tojson }};

addEventListener("install", (event) => {
  const wanted = [OFFLINE, ...SHELL].map((address) => new Request(address, { credentials: "omit", cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(wanted)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  else if (SHELL.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request.url, { ignoreVary: true }).then((kept) => kept || fetch(request)));
  }
});
