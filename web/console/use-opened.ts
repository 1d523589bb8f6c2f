import { useCallback } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";

const NAME = "opened";

/**
 * What stands open over a page, like the records of a figure: it lives in the address, so that it can be sent, and Back closes
 * it. Nothing is open while it is empty.
 */
export function useOpened(): [string, (what: string) => void, () => void] {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const opened = params.get(NAME) ?? "";
  // The page before is one step back only if it was opened from there, not if somebody came by the address.
  const here = useLocation().state?.opened === true;
  const open = (what: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.set(NAME, what);
        return after;
      },
      // From one to the next is no further step.
      { replace: opened !== "", state: { opened: opened === "" || here } },
    );
  const close = useCallback(() => {
    if (here) return navigate(-1);
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete(NAME);
        return after;
      },
      { replace: true },
    );
  }, [here, navigate, setParams]);
  return [opened, open, close];
}
