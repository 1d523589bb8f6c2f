import { createHash, webcrypto } from "node:crypto";
import { expect, test } from "vitest";
import { reckon } from "./draw";

if (!globalThis.crypto?.subtle) Object.defineProperty(globalThis, "crypto", { value: webcrypto });

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("a fair draw is found fair, and each change of it is found", async () => {
  const seed = sha256("chance");
  const entries = ["11", "12", "13", "14", "15"];
  const listHash = sha256(entries.map((entry) => `${entry} 9\n`).join(""));
  const lots = entries.map((entry) => ({ entry, lot: sha256(`${seed}:${listHash}:${entry}`) }));
  const won = [...lots]
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, 2)
    .map((one) => one.entry);
  const text = entries.map((entry) => `${entry} 9${won.includes(entry) ? " won" : ""}\n`).join("");
  const draw = { seed, seed_hash: sha256(seed), list_hash: listHash, shares: [{ id: "9", pieces: 2 }] };
  expect(await reckon(draw, text)).toBe(undefined);
  expect(await reckon({ ...draw, seed: sha256("other") }, text)).toContain("种子");
  expect(await reckon(draw, text.replace("11 9", "16 9"))).toContain("名单");
  const swapped = entries.map((entry) => `${entry} 9${won.includes(entry) ? "" : " won"}\n`).join("");
  expect(await reckon(draw, swapped)).toContain("中签");
});
