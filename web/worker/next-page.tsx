import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { Failed } from "./frame";

/** Why a page of a list didn't come, and the button that asks for just what failed: the next one, or those that are shown. */
export function PageFailed({ asked }: { asked: UseInfiniteQueryResult }) {
  const again = () => (asked.isFetchNextPageError ? asked.fetchNextPage() : asked.refetch());
  return asked.isError && <Failed error={asked.error} again={again} />;
}

/** Below the pages of a list that are shown: why the next one didn't come, and the button for it. */
export function NextPage({ asked }: { asked: UseInfiniteQueryResult }) {
  return (
    <>
      <PageFailed asked={asked} />
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
