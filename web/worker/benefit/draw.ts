// Reckons a draw again, from what is published of it: see "公正性怎样保证" on the page; and tells how to do it without the page.
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

/** What the list is called where it is saved. */
export const LIST = "抽签名单.txt";

/** How anybody reckons it again in the folder in which he saved the list, with the commands that every Linux has. */
export function byHand({
  seed,
  list_hash,
}: Pick<DrawView, "seed" | "list_hash">): { finds: string; command: string }[] {
  const lot = `printf %s "${seed}:${list_hash}:$e" | sha256sum | cut -c 1-64`;
  return [
    { finds: "种子的 SHA-256，应与报名前公布的一致", command: `printf %s ${seed} | sha256sum` },
    {
      finds: "名单的 SHA-256：只取每行前两项（编号、份额），不取后面的结果",
      command: `cut -d ' ' -f 1,2 ${LIST} | sha256sum`,
    },
    {
      finds: "全部的签，每行是份额、签、编号，同一份额从小到大：排在前面、名额以内的应是名单里标 won 的",
      command: `while read e s r; do echo "$s $(${lot}) $e"; done < ${LIST} | LC_ALL=C sort`,
    },
  ];
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
  const shares = new Set(draw.shares.map((share) => share.id));
  if (list.some((one) => !shares.has(one.share))) return "名单里有没有公布名额的份额。";
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
