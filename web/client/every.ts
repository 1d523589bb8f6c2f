import { get, type Query } from "./http";
import type { Page } from "./types";

/** All rows of a list, page after page; no page more once there are more rows than `most`. */
export async function every<T>(path: string, asked: Query, most = Number.POSITIVE_INFINITY): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await get<Page<T>>(path, { ...asked, limit: 200, cursor });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor && found.length <= most);
  return found;
}
