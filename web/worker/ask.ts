// The way to the server from a phone. Between two cells a call may hang for ever; so each try is given up after a while
// and, where it matters, made again under the same key.
import { get, post, type Sending } from "../client/http";
import { lost } from "../client/problem";

/** How long one try may take, in milliseconds. */
const PATIENCE = 20_000;

/** Asks; gives up after a while. */
export async function ask<T>(path: string, query?: Parameters<typeof get>[1], signal?: AbortSignal): Promise<T> {
  const abort = new AbortController();
  const end = () => abort.abort();
  const timer = setTimeout(end, PATIENCE);
  signal?.addEventListener("abort", end);
  try {
    return await get<T>(path, query, abort.signal);
  } catch (error) {
    throw abort.signal.aborted && !signal?.aborted ? lost() : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}

/** Sends; each try is given up after a while. */
export const tell = <T>(path: string, body: unknown, sending: Sending) =>
  post<T>(path, body, { ...sending, patience: PATIENCE });
