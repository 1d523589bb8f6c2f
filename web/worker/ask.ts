// The way to the server from a phone. Between two cells a call may hang for ever; so each try is given up after a while
// and, where it matters, made again under the same key.
import { getTagged, post, type Query, type Sending } from "../client/http";

/** How long one try may take, in milliseconds. */
const PATIENCE = 20_000;

/** Asks; gives up after a while. */
export const ask = async <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  (await getTagged<T>(path, query, signal, PATIENCE)).value;

/** Sends; each try is given up after a while. */
export const tell = <T>(path: string, body: unknown, sending: Sending) =>
  post<T>(path, body, { ...sending, patience: PATIENCE });
