import { useCallback } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";

/**
 * What stands open over a page, like the records of a figure: it lives in the address, so that it can be sent, and Back closes
 * it. Nothing is open while it is empty.
 */
export function useOpened(name = "opened"): [string, (what: string) => void, () => void] {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const opened = params.get(name) ?? "";
  // The page before is one step back only if it was opened from there, not if somebody came by the address.
  const here = useLocation().state?.opened === name;
  const open = (what: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.set(name, what);
        return after;
      },
      // From one to the next is no further step.
      opened ? { replace: true, state: here ? { opened: name } : undefined } : { state: { opened: name } },
    );
  const close = useCallback(() => {
    if (here) return navigate(-1);
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete(name);
        return after;
      },
      { replace: true },
    );
  }, [here, name, navigate, setParams]);
  return [opened, open, close];
}
