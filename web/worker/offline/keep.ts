// What a phone keeps of the pages, so that they open without a network: files of the program alone. Nothing that /api answers is
// ever kept here: what is said of people must not lie in a browser's cache, where it would outlive the log-in.

/** One store for all builds: the name of a file tells what is in it, so that an upgrade fetches only what changed. */
const STORE = "niangjia";

/** The page that all scripts begin from, and its twin for who comes to join. */
const SHELL = "/w/index.html";
const SHELL_TO_JOIN = "/w/e/index.html";
const SHELLS = [SHELL, SHELL_TO_JOIN];

/** How long a page is waited for, in milliseconds: a hall's network hangs rather than fails. */
const PATIENCE = 3_000;

/** The files of a build below /assets/ that phones may need; written into the worker when the pages are built. */
export interface Build {
  /** What every page needs at once. */
  first: string[];
  /** What single pages need: kept ahead, so that they open without a network though nobody opened them before. */
  ahead: string[];
  /** What is large, as the map: kept once it was seen. */
  large: string[];
}

const address = (file: string) => `/assets/${file}`;

/** How a request is answered; undefined: the browser asks as if there were no worker. */
export function wayOf({ method, mode, url }: Pick<Request, "method" | "mode" | "url">, own: string) {
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== own) return undefined;
  if (pathname.startsWith("/assets/")) return "file";
  return mode === "navigate" && pathname.startsWith("/w/") ? "page" : undefined;
}

/** A file whose name tells what is in it: from the store once it was seen. `later` is given what need not be waited for. */
export async function file(request: Request, later: (work: Promise<unknown>) => void): Promise<Response> {
  const store = await caches.open(STORE);
  const kept = await store.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  // A store that is full takes nothing more; the page goes on without.
  if (isFile(answer)) later(store.put(request, answer.clone()).catch(() => undefined));
  return answer;
}

/** What the program itself answered, not a public network's own log-in page. */
const isFile = (answer: Response) => answer.status === 200 && !answer.headers.get("content-type")?.includes("html");

/**
 * A page: the network's, so that an upgrade reaches the phone when it opens the next time; the one kept where no answer comes, or
 * a proxy says that the server starts again.
 */
export async function page(request: Request, patience = PATIENCE): Promise<Response> {
  const store = await caches.open(STORE);
  const isToJoin = new URL(request.url).pathname.startsWith("/w/e/");
  const kept = await store.match(isToJoin ? SHELL_TO_JOIN : SHELL, { ignoreVary: true });
  if (!kept) return fetch(request);
  const waited = new Promise<Response>((resolve) => setTimeout(resolve, patience, kept));
  const came = fetch(request).then(
    (answer) => (answer.status >= 500 ? kept : answer),
    () => kept,
  );
  return Promise.race([came, waited]);
}

/**
 * Fetches what a build consists of; for who saves data only what he fetched anyway. The shells come last, and are never kept as
 * they pass by: a shell without its files would open nothing, and until then the build before is whole. What fails is tried again
 * when the phone opens a page the next time, and goes on where it ended.
 */
export async function install(build: Build, thrifty: boolean): Promise<void> {
  const store = await caches.open(STORE);
  await keep(store, thrifty ? build.first : [...build.first, ...build.ahead]);
  const shells = await Promise.all(SHELLS.map((shell) => shellOf(shell, build)));
  for (const [shell, answer] of shells) await store.put(shell, answer);
}

/** One file after another, so that the page's own calls need not stand behind them. */
async function keep(store: Cache, files: string[]) {
  for (const name of files) {
    const wanted = address(name);
    if (await store.match(wanted, { ignoreVary: true })) continue;
    const answer = await fetch(wanted, { priority: "low" });
    if (!isFile(answer)) throw new Error(`${wanted} did not come`);
    await store.put(wanted, answer);
  }
}

async function shellOf(shell: string, { first }: Build): Promise<[string, Response]> {
  const answer = await fetch(shell, { cache: "no-cache" });
  const text = await answer.clone().text();
  // Where the server was renewed just now the page is another build's.
  if (!answer.ok || first.some((name) => !text.includes(address(name))))
    throw new Error(`${shell} is of another build`);
  return [shell, answer];
}

/** Removes what is of no use to a build, once no page of an older one is open any more. */
export async function clear({ first, ahead, large }: Build): Promise<void> {
  const own = new Set([...SHELLS, ...[...first, ...ahead, ...large].map(address)]);
  const store = await caches.open(STORE);
  for (const kept of await store.keys()) if (!own.has(new URL(kept.url).pathname)) await store.delete(kept);
}
