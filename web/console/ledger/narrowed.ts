import dayjs from "dayjs";
import type { Figure } from "../../client/types";

/** From which day until which figures are asked for. */
interface Days {
  from: string;
  to: string;
}

/** What a row of a figure narrows the question to, so that the records behind it are just those that were counted. */
export function narrowed(by: string, { key }: Pick<Figure, "key">, asked: Days): Record<string, string> {
  if (by === "kind") return { kinds: key };
  // Nothing is no code, and an empty list asks for all.
  if (by === "group") return { groups: key || "-" };
  if (by === "month") {
    const from = `${key}-01`;
    const to = dayjs(from).endOf("month").format("YYYY-MM-DD");
    // The first month and the last may be but partly asked for.
    return { from: from > asked.from ? from : asked.from, to: to < asked.to ? to : asked.to };
  }
  return {};
}
