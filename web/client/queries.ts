import { type InvalidateOptions, type InvalidateQueryFilters, QueryClient, type QueryKey } from "@tanstack/react-query";
import { Problem } from "./problem";

/** Asks at most so many times more for what failed, but not for what the server has judged: that comes back the same. */
export const again = (most: number) => (tries: number, error: unknown) =>
  tries < most && !(error instanceof Problem && error.status >= 400 && error.status < 500);

/** How long what no answer came to rests before it is asked for again by itself, in milliseconds. */
const BACK = 15_000;

/** Asks again by itself for what found no network, until an answer comes; for nothing else. */
export const onceBack = ({ state }: { state: { error: unknown } }) =>
  state.error instanceof Problem && state.error.isLost ? BACK : false;

/**
 * What the pages know of the server. What a change made old is asked for anew, also where its first answer was still on
 * its way: the library would believe that one, though it was asked for before the change.
 */
export class Queries extends QueryClient {
  override async invalidateQueries<K extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<K>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const first = this.getQueryCache().findAll({ ...filters, fetchStatus: "fetching" });
    await Promise.all(
      first.filter(({ state }) => state.data === undefined).map((query) => query.cancel({ revert: true })),
    );
    await super.invalidateQueries(filters, options);
  }
}
