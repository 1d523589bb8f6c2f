import { beforeEach, expect, test, vi } from "vitest";
import { type Build, clear, file, install, page, wayOf } from "./keep";

const OWN = "https://union.example";
const BUILD: Build = { first: ["worker-1.js", "worker-1.css"], ahead: ["duty-1.js"], large: ["map-1.js"] };
const SHELL = '<script src="/assets/worker-1.js"></script><link href="/assets/worker-1.css">';

const pathOf = (asked: Request | string) => new URL(typeof asked === "string" ? asked : asked.url, OWN).pathname;

/** What the phone keeps, by path. */
let kept: Map<string, Response>;
/** What the network answers, by path. */
let network: Record<string, () => Response | Promise<Response>>;
/** What was asked of it. */
let fetched: string[];

beforeEach(() => {
  kept = new Map();
  fetched = [];
  const one = (type: string, body: string) => () => new Response(body, { headers: { "content-type": type } });
  network = {
    "/w/index.html": one("text/html", SHELL),
    "/w/e/index.html": one("text/html", `${SHELL}扫码入会`),
    "/w/duty": one("text/html", "the network's"),
  };
  for (const name of [...BUILD.first, ...BUILD.ahead, ...BUILD.large])
    network[`/assets/${name}`] = one("text/javascript", name);
  const store = {
    match: async (asked: Request | string) => kept.get(pathOf(asked))?.clone(),
    put: async (asked: Request | string, answer: Response) => void kept.set(pathOf(asked), answer),
    keys: async () => [...kept.keys()].map((path) => ({ url: OWN + path })),
    delete: async (asked: Request) => kept.delete(pathOf(asked)),
  };
  vi.stubGlobal("caches", { open: async () => store });
  vi.stubGlobal("fetch", async (asked: Request | string) => {
    fetched.push(pathOf(asked));
    const answer = network[pathOf(asked)];
    if (!answer) throw new TypeError("no network");
    return answer();
  });
});

const asked = (path: string) => new Request(OWN + path);
const opened = async (path: string, patience?: number) => (await page(asked(path), patience)).text();
const names = () => [...kept.keys()].sort();

test("what the interface says, others' hosts, and what is sent are none of the worker's business", () => {
  const way = (path: string, mode = "cors", method = "GET") =>
    wayOf({ method, mode: mode as RequestMode, url: new URL(path, OWN).href }, OWN);
  expect(way("/assets/worker-1.js", "no-cors")).toBe("file");
  for (const path of ["/w/", "/w/duty?part=round", "/w/card/token.with.dots"])
    expect(way(path, "navigate")).toBe("page");
  for (const path of ["/api/v1/me", "/api/v1/me/card.pdf", "/w/sw.js", "/w/duty", "/icon.svg", "//tiles.example/w/1"])
    expect(way(path)).toBeUndefined();
  for (const path of ["/api/v1/me/card.pdf", "/", "/wages", "/screen/1"]) expect(way(path, "navigate")).toBeUndefined();
  expect(way("/assets/worker-1.js", "cors", "POST")).toBeUndefined();
});

test("a build is kept whole, its large files once they are seen; with Save-Data only what every page loads", async () => {
  await install(BUILD, true);
  const first = ["/assets/worker-1.css", "/assets/worker-1.js", "/w/e/index.html", "/w/index.html"];
  expect(names()).toEqual(first);
  await install(BUILD, false);
  expect(names()).toEqual(["/assets/duty-1.js", ...first]);
  // What is there already is not fetched again.
  expect(fetched.filter((path) => path === "/assets/worker-1.js")).toHaveLength(1);
  const done: Promise<unknown>[] = [];
  await file(asked("/assets/map-1.js"), (work) => done.push(work));
  await Promise.all(done);
  expect(names()).toContain("/assets/map-1.js");
  delete network["/assets/map-1.js"];
  expect(await (await file(asked("/assets/map-1.js"), () => undefined)).text()).toBe("map-1.js");
});

test("a shell is kept only once its files are, and none of another build's", async () => {
  delete network["/assets/worker-1.css"];
  await expect(install(BUILD, false)).rejects.toThrow();
  expect(names()).toEqual(["/assets/worker-1.js"]);
  network["/assets/worker-1.css"] = () => new Response("css", { headers: { "content-type": "text/css" } });
  network["/w/e/index.html"] = () => new Response(SHELL.replaceAll("-1", "-2"));
  await expect(install(BUILD, false)).rejects.toThrow("another build");
  expect(names()).not.toContain("/w/index.html");
});

test("an upgrade of which a part did not come leaves the build before whole", async () => {
  await install(BUILD, false);
  const newer = SHELL.replaceAll("-1", "-2");
  for (const name of ["worker-2.js", "worker-2.css"]) network[`/assets/${name}`] = () => new Response(name);
  network["/w/index.html"] = network["/w/e/index.html"] = () => new Response(newer);
  const next = { first: ["worker-2.js", "worker-2.css"], ahead: ["duty-2.js"], large: [] };
  await expect(install(next, false)).rejects.toThrow("no network");
  delete network["/w/duty"];
  expect(await opened("/w/duty")).toBe(SHELL);
  network["/assets/duty-2.js"] = () => new Response("duty");
  await install(next, false);
  expect(await opened("/w/duty")).toBe(newer);
});

test("a public network's own page is taken for no file", async () => {
  network["/assets/worker-1.js"] = () => new Response("请登录", { headers: { "content-type": "text/html" } });
  await expect(install(BUILD, false)).rejects.toThrow();
  const put = vi.fn();
  await file(asked("/assets/worker-1.js"), put);
  expect([put.mock.calls.length, names()]).toEqual([0, []]);
});

test("a page is the network's; what is kept stands in where none answers, hangs, or restarts", async () => {
  expect(await opened("/w/duty")).toBe("the network's");
  delete network["/w/duty"];
  await expect(opened("/w/duty")).rejects.toThrow("no network");
  await install(BUILD, false);
  expect(await opened("/w/duty")).toBe(SHELL);
  expect(await opened("/w/e/k7Qp")).toContain("扫码入会");
  network["/w/duty"] = () => new Promise(() => undefined);
  expect(await opened("/w/duty", 5)).toBe(SHELL);
  network["/w/duty"] = () => new Response("502", { status: 502 });
  expect(await opened("/w/duty")).toBe(SHELL);
  network["/w/duty"] = () => new Response("a newer build");
  expect(await opened("/w/duty")).toBe("a newer build");
  // Nothing that passed by was kept.
  delete network["/w/duty"];
  expect(await opened("/w/duty")).toBe(SHELL);
});

test("once a new build has taken over nothing of the old one is left but what is the same", async () => {
  await install(BUILD, false);
  await clear({ first: ["worker-1.js", "worker-2.css"], ahead: ["duty-2.js"], large: [] });
  expect(names()).toEqual(["/assets/worker-1.js", "/w/e/index.html", "/w/index.html"]);
});
