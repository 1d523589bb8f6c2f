import { createElement } from "react";
import { expect, onTestFinished, test, vi } from "vitest";
import { soon, there, type } from "../testing";
import { watchLeaving } from "./parts/leaving";
import { Shell } from "./shell";
import { draw, press, Refused, serve, TOP } from "./testing";

const REFUSED = new Refused(401, "unauthenticated", "请先登录。");
const of = (account: string) => ({
  account,
  name: "李干部",
  demo: false,
  permissions: ["workforce.view", "workforce.manage", "organisation.view"],
  organisations: [{ id: "2", name: "包头市总工会" }],
  today: "2026-07-05",
});
const field = () => there(() => document.querySelector<HTMLInputElement>(".ant-modal input#name"));
const password = () => document.querySelector<HTMLInputElement>('input[type="password"]');

/** The console of an officer on the page of platforms, with a form begun; answers how his log-in ends and who comes then, or at once. */
async function begun() {
  let officer: string | undefined = "7";
  const inside = (answer: unknown) => () => (officer ? answer : REFUSED);
  const sent = serve({
    "GET /session": () => (officer ? of(officer) : REFUSED),
    "GET /platforms": inside({ items: [], total: 0 }),
    "POST /platforms": inside({}),
    "GET /organisations/2": TOP,
    "GET /session/provider": {},
    "POST /session": () => {
      officer = next;
    },
  });
  let next = "7";
  const { client } = draw(createElement(Shell), "*", "/platforms");
  await press("新增企业");
  type(await field(), "美团");
  const logIn = async () => {
    for (const [id, text] of [
      ["username", "li"],
      ["password", "Niangjia-2026"],
    ] as const)
      type(await there(() => document.querySelector<HTMLInputElement>(`.log-in-over input#${id}`)), text);
    await press("登录");
  };
  const as = (another: string) => {
    officer = another;
  };
  return { client, sent, logIn, as, end: (then: string) => ([officer, next] = [undefined, then]) };
}

test("of another who logs in nothing is sent, and nothing of the pages before is shown to him", async () => {
  const { client, sent, logIn, end } = await begun();
  end("8");
  await press("保存");
  await logIn();
  await soon(() => expect(document.querySelector(".ant-modal input#name")).toBeNull());
  expect(document.body.textContent).toContain("正在打开…");
  expect(client.getQueryData(["session"])).toMatchObject({ account: "8" });
  expect(sent.filter((one) => one.method === "POST" && one.path === "/platforms")).toHaveLength(1);
});

test("pages of one officer end when another logs in in a second window of the browser, as all would be sent in that one's name", async () => {
  const { sent, as } = await begun();
  await soon(() => expect(localStorage.getItem("niangjia.known")).toBe("7"));
  as("8");
  window.dispatchEvent(new StorageEvent("storage", { key: "niangjia.known", newValue: "8" }));
  await soon(() => expect(document.querySelector(".ant-modal input#name")).toBeNull());
  expect(document.body.textContent).toContain("正在打开…");
  expect(sent.filter((one) => one.method === "POST")).toHaveLength(0);
});

test("pages to which nobody comes back are given up after half an hour", async () => {
  const { client, end } = await begun();
  const later = vi.spyOn(globalThis, "setTimeout");
  const reload = vi.fn();
  vi.stubGlobal("location", { ...window.location, reload });
  end("7");
  client.invalidateQueries();
  await there(password);
  const [give] = await there(() => later.mock.calls.find(([, wait]) => wait === 1_800_000));
  const asked = new Event("beforeunload", { cancelable: true });
  onTestFinished(watchLeaving());
  reload.mockImplementation(() => window.dispatchEvent(asked));
  (give as () => void)();
  expect(reload).toHaveBeenCalledTimes(1);
  // Nobody is there to be asked what is to become of the form.
  expect(asked.defaultPrevented).toBe(false);
});

test("a network that is away for a moment takes no page and no form away", async () => {
  const { client, sent } = await begun();
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("offline")));
  await client.invalidateQueries({ queryKey: ["session"] });
  await soon(() => expect(client.getQueryState(["session"])?.status).toBe("error"));
  await new Promise((resolve) => setTimeout(resolve));
  expect((await field()).value).toBe("美团");
  expect(sent.length).toBeGreaterThan(0);
});

test("who is logged out meanwhile logs in over his pages, and what he had filled in is sent then", async () => {
  const { client, sent, logIn, end } = await begun();
  end("7");
  client.invalidateQueries();
  await there(password);
  expect((await field()).value).toBe("美团");
  await logIn();
  await soon(() => expect(password()).toBeNull());
  expect((await field()).value).toBe("美团");
  end("7");
  await press("保存");
  await logIn();
  await soon(() => expect(document.querySelector(".ant-modal input#name")).toBeNull());
  const saved = sent.filter((one) => one.method === "POST" && one.path === "/platforms");
  expect(saved).toHaveLength(2);
  expect(new Set(saved.map((one) => one.headers["idempotency-key"])).size).toBe(1);
});
