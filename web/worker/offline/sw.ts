// Runs beside the pages of /w/ and answers for them where no network does. It takes over once no page of the build before is open
// any more, which till then finds its files still kept: so it never pushes an older one aside. To be rid of it: docs/operating.md.
import { type Build, clear, file, install, page, wayOf } from "./keep";

/** `web/offline.ts` writes the build's files here. */
declare const NIANGJIA_BUILD: Build;

/** What TypeScript knows only without the names of pages. */
interface Happening extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asking extends Happening {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  addEventListener(kind: "install" | "activate", hear: (event: Happening) => void): void;
  addEventListener(kind: "fetch", hear: (event: Asking) => void): void;
}
const scope = self as unknown as Scope;

const build = NIANGJIA_BUILD;
const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };

scope.addEventListener("install", (event) => event.waitUntil(install(build, connection?.saveData === true)));

scope.addEventListener("activate", (event) => event.waitUntil(clear(build)));

scope.addEventListener("fetch", (event) => {
  const way = wayOf(event.request, location.origin);
  if (way === "page") event.respondWith(page(event.request));
  if (way === "file") event.respondWith(file(event.request, (work) => event.waitUntil(work)));
});
