import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { Failed } from "./frame";

/** Below the pages of a list that are shown: why the next one didn't come, and the button for it. */
export function NextPage({ asked }: { asked: UseInfiniteQueryResult }) {
  return (
    <>
      {asked.isError && <Failed error={asked.error} again={() => asked.fetchNextPage()} />}
      {asked.hasNextPage && (
        <button
          type="button"
          className="plain wide"
          onClick={() => asked.fetchNextPage()}
          disabled={asked.isFetchingNextPage}
        >
          {asked.isFetchingNextPage ? "正在加载…" : "更多"}
        </button>
      )}
    </>
  );
}
