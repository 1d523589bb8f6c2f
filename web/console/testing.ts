// What tests of the console's pages share: a server that answers them, and their drawing.
import { createElement, type PropsWithChildren, type ReactElement } from "react";
import { MemoryRouter, Route, Routes } from "react-router";
import { vi } from "vitest";
import { Queries } from "../client/queries";
import { show, there } from "../testing";
import { STILL, Surroundings } from "./surroundings";

export { press } from "../testing";

/** What was sent to the server. */
export interface Sent {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

type Answered = unknown | ((sent: Sent) => unknown);

const SESSION = {
  name: "李干部",
  permissions: [],
  organisations: [{ id: "2", name: "包头市总工会" }],
  today: "2026-07-05",
};

/** The session of an officer of the same union who may do so much. */
export const officer = (...permissions: string[]) => ({ permissions, organisations: SESSION.organisations });

/** That union where nothing stands above it, as the server answers it by its key. */
export const TOP = { id: "2", name: "包头市总工会", path: [{ id: "2" }] };

/** That union as one that keeps members itself. */
export const GRASSROOTS = { ...TOP, level: "grassroots" };

const EMPTY = { items: [], total: 0 };
/** What is asked for without pages. */
const WHOLE = ["/worker-groups", "/benefit-kinds", "/fact-kinds", "/permissions"];

/**
 * Answers what pages ask by `GET /path`, whatever stands behind a `?`; anything else with an empty list; at noon of the day that
 * the session names as `today`. Tells what was sent.
 */
export function serve(answers: Record<string, Answered>): Sent[] {
  const sent: Sent[] = [];
  const whole = Object.fromEntries(WHOLE.map((path) => [`GET ${path}`, []]));
  const counted = async (one: Sent) => {
    const of = new URLSearchParams(one.path.split("?")[1]).get("of") ?? "";
    const totals = of.split("\n").map(async (path) => {
      const list = known[`GET ${path.split("?")[0]}`];
      const { total = 0 } = ((typeof list === "function" ? await list({ ...one, path }) : list) ?? {}) as {
        total?: number;
      };
      return total;
    });
    return { totals: await Promise.all(totals) };
  };
  const known: Record<string, Answered> = { "GET /session": SESSION, "GET /counts": counted, ...whole, ...answers };
  const { today = SESSION.today } = known["GET /session"] as { today?: string };
  const date = new Date(`${today}T12:00:00+08:00`).toUTCString();
  vi.stubGlobal("fetch", async (address: string, init: RequestInit = {}) => {
    const method = init.method ?? "GET";
    const path = address.replace("/api/v1", "");
    const one = {
      method,
      path,
      body: init.body ? JSON.parse(String(init.body)) : undefined,
      headers: init.headers as Record<string, string>,
    };
    sent.push(one);
    const found = known[`${method} ${path.split("?")[0]}`] ?? EMPTY;
    const answer = typeof found === "function" ? await found(one) : found;
    const status = answer instanceof Refused ? answer.status : 200;
    return new Response(JSON.stringify(answer), { status, headers: { "content-type": "application/json", date } });
  });
  return sent;
}

/** An answer of `serve` that refuses. */
export class Refused {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly extra?: object,
  ) {}
}

/** Draws a page of the console at an address that its route reads. */
export function draw(page: ReactElement, route = "/", address = "/") {
  const client = new Queries({ defaultOptions: { queries: { retry: false } } });
  // No browser ends what moves.
  const media = window.matchMedia;
  vi.stubGlobal("matchMedia", (asked: string) => ({ ...media(asked), matches: asked === STILL }));
  const Router = ({ children }: PropsWithChildren) =>
    createElement(MemoryRouter, { initialEntries: [address] }, children);
  const routes = createElement(Routes, null, createElement(Route, { path: route, element: page }));
  const { place } = show(createElement(Surroundings, { client, Router }, routes));
  return { client, place };
}

/** Opens the list of a field, and chooses from it what says so once it is there. */
export async function choose(field: Element, words: string): Promise<void> {
  field.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  const offered = () => [...document.querySelectorAll<HTMLElement>(".ant-select-item-option")];
  (await there(() => offered().find((one) => one.textContent === words))).click();
}
