import dayjs from "dayjs";
import type { Figure } from "../../client/types";

/** From which day until which figures are asked for. */
export type Days = { from: string; to: string };

/** Those of the days asked for that lie in others, which may be open at either end. */
export const within = (asked: Days, { from, to }: Days): Days => ({
  from: from > asked.from ? from : asked.from,
  to: to !== "" && to < asked.to ? to : asked.to,
});

/** What a row of a figure narrows the question to, so that the records behind it are just those that were counted. */
export function narrowed(by: string, { key }: Pick<Figure, "key">, asked: Days): Record<string, string> {
  if (by === "kind") return { kinds: key };
  // Nothing is no code, and an empty list asks for all.
  if (by === "group") return { groups: key || "-" };
  if (by === "month") {
    const from = `${key}-01`;
    const to = dayjs(from).endOf("month").format("YYYY-MM-DD");
    // The first month and the last may be but partly asked for.
    return within(asked, { from, to });
  }
  return {};
}
