import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { DrawView } from "../../client/types";
import { byHand, LIST, reckon, reckonAgain } from "./draw";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("a fair draw is found fair, and each change of it is found", async () => {
  const seed = sha256("chance");
  const entries = ["11", "12", "13", "14", "15"];
  const listHash = sha256(entries.map((entry) => `${entry} 9\n`).join(""));
  const lots = entries.map((entry) => ({ entry, lot: sha256(`${seed}:${listHash}:${entry}`) }));
  const order = [...lots].sort((a, b) => (a.lot < b.lot ? -1 : 1)).map((one) => one.entry);
  const won = order.slice(0, 2);
  const text = entries.map((entry) => `${entry} 9${won.includes(entry) ? " won" : ""}\n`).join("");
  const became = (place: number, what: string, list = text) =>
    list.replace(`${order[place]} 9\n`, `${order[place]} 9 ${what}\n`);
  const draw = { seed, seed_hash: sha256(seed), list_hash: listHash, shares: [{ id: "9", pieces: 2 }] };
  expect(await reckon(draw, text)).toBe(undefined);
  expect(await reckon({ ...draw, seed: sha256("other") }, text)).toContain("种子");
  expect(await reckon(draw, text.replace("11 9", "16 9"))).toContain("名单");
  const swapped = entries.map((entry) => `${entry} 9${won.includes(entry) ? "" : " won"}\n`).join("");
  expect(await reckon(draw, swapped)).toContain("中签");
  // Those behind the winners move up in the order of their lots, and whoever no longer qualifies is passed over.
  expect(await reckon(draw, became(2, "moved_up"))).toBe(undefined);
  expect(await reckon(draw, became(3, "moved_up", became(2, "passed")))).toBe(undefined);
  expect(await reckon(draw, became(4, "passed", became(2, "moved_up")))).toBe(undefined);
  expect(await reckon(draw, became(3, "moved_up"))).toContain("递补");
  expect(await reckon(draw, became(3, "won"))).toContain("中签");
  expect(await reckon({ ...draw, shares: [] }, text)).toContain("份额");

  // By hand, in the words of the page, it comes to the same.
  const folder = mkdtempSync(join(tmpdir(), "draw-"));
  writeFileSync(join(folder, LIST), became(3, "moved_up", became(2, "passed")));
  const [ofSeed, ofList, all] = byHand(draw).map(({ command }) =>
    execFileSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" }),
  );
  rmSync(folder, { recursive: true });
  expect([ofSeed?.slice(0, 64), ofList?.slice(0, 64)]).toEqual([draw.seed_hash, draw.list_hash]);
  expect(
    all
      ?.trim()
      .split("\n")
      .map((line) => line.split(" ")[2]),
  ).toEqual(order);
});

test("where no list came the draw is not called unfair", async () => {
  const seed = sha256("chance");
  const draw = {
    round_id: "7",
    seed,
    seed_hash: sha256(seed),
    list_hash: sha256(""),
    shares: [],
  } as unknown as DrawView;
  const said = (status: number, type: string) => async () =>
    new Response("", { status, headers: { "content-type": type } });
  for (const [status, type] of [
    [429, "application/problem+json"],
    [503, "text/plain"],
    [200, "text/html"],
  ] as const) {
    vi.stubGlobal("fetch", said(status, type));
    await expect(reckonAgain(draw)).rejects.toThrow();
  }
});
