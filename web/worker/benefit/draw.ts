// Reckons a draw again, from what is published of it: see "公正性怎样保证" on the page.
import { get } from "../../client/http";
import type { DrawView } from "../../client/types";

/** Browsers hash only on pages that came safely. */
export const canReckon = (): boolean => globalThis.crypto?.subtle !== undefined;

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

interface Line {
  entry: string;
  share: string;
  /** What became of it: `won`, `moved_up`, `passed`, or nothing. */
  became: string;
}

function lines(text: string): Line[] {
  const rows = text.split("\n").filter((row) => row !== "");
  return rows.map((row) => {
    const [entry = "", share = "", became = ""] = row.split(" ");
    return { entry, share, became };
  });
}

/** Where the list of a draw lies. */
export const listOf = (round: string) => `/public/draws/${round}/list`;

/** Fetches the list and reckons. Throws where no list came: that is nothing against the draw. */
export const reckonAgain = async (draw: DrawView) => reckon(draw, await get<string>(listOf(draw.round_id)));

/** What does not fit; nothing if all does. */
export async function reckon(
  draw: Pick<DrawView, "seed" | "seed_hash" | "list_hash" | "shares">,
  text: string,
): Promise<string | undefined> {
  const seed = draw.seed ?? "";
  if ((await sha256(seed)) !== draw.seed_hash) return "种子与报名前公布的值不符。";
  const list = lines(text);
  const listHash = await sha256(list.map((one) => `${one.entry} ${one.share}\n`).join(""));
  if (listHash !== draw.list_hash) return "名单与公布的值不符。";
  for (const { id, pieces } of draw.shares) {
    const own = list.filter((one) => one.share === id);
    const lots = await Promise.all(
      own.map(async (one) => ({ ...one, lot: await sha256(`${seed}:${listHash}:${one.entry}`) })),
    );
    lots.sort((a, b) => (a.lot < b.lot ? -1 : 1));
    const behind = lots.slice(pieces);
    const isFair =
      lots.slice(0, pieces).every((one) => one.became === "won") && behind.every((one) => one.became !== "won");
    if (!isFair) return "重新计算的中签编号与名单不符。";
    const last = behind.map((one) => one.became).lastIndexOf("moved_up");
    if (behind.slice(0, last + 1).some((one) => one.became === "")) return "递补没有按签的顺序。";
  }
  return undefined;
}
