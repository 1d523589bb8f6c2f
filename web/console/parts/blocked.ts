import { Problem } from "../../client/problem";

/**
 * What went wrong, where it leaves nothing of a page to show: it never came, is gone, or is not this officer's any more. A new
 * look that brought no answer takes away neither what was shown nor what somebody is filling in.
 */
export function blocked({ error, data }: { error: unknown; data: unknown }): unknown {
  const judged = error instanceof Problem && error.status >= 400 && error.status < 500;
  return data === undefined || judged ? error : null;
}
