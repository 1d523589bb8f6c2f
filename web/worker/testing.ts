// What tests of the worker's pages share: a server that answers them, and their drawing.
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createElement, type ReactElement } from "react";
import { MemoryRouter } from "react-router";
import { vi } from "vitest";
import { Queries } from "../client/queries";
import { show } from "../testing";

/** An answer of the server. */
export const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

/** Answers what pages ask. */
export function serve(answer: (address: string, request: RequestInit) => Response | Promise<Response>): void {
  vi.stubGlobal("fetch", async (address: string, request: RequestInit = {}) => answer(address, request));
}

/** Draws a page at an address, or a part of one. What fails is not asked for again by itself. */
export function draw(page: ReactElement, address = "/", client: QueryClient = once()) {
  const there = createElement(MemoryRouter, { initialEntries: [address] }, page);
  return show(createElement(QueryClientProvider, { client }, there));
}

const once = () => new Queries({ defaultOptions: { queries: { retry: false } } });
