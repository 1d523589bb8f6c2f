// The way to the server. Unsafe calls carry the header that forged requests lack and an Idempotency-Key that stays the
// same while one action of a person is tried again, so a resend changes nothing twice.
import { hearTime } from "./clock";
import { idle } from "./idle";
import { letIn } from "./let-in";
import { lost, Problem, problemOf } from "./problem";

export { type FieldProblem, Problem, sentence } from "./problem";

export type Query = Record<string, string | number | boolean | null | undefined>;

/** A path of the interface with what is asked for; empty values are left out. */
export function relative(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `${path}${text ? `?${text}` : ""}`;
}

/** The same as an address. Also for links to files. */
export const address = (path: string, query?: Query): string => `/api/v1${relative(path, query)}`;

/** A record and the tag of the version that was read, which a save sends back. */
export interface Tagged<T> {
  value: T;
  tag: string;
}

/** What was sent under a key, while nobody knows whether it was done. */
export interface Attempt {
  key: string;
  sent?: string;
}

/** How an unsafe call is sent. */
export interface Sending {
  /** The key of the action; a new one if it is not told. See `useAction`. */
  key?: string;
  /** Whose key it is: something else that is sent gets another one. */
  attempt?: Attempt;
  /** The tag of the version that was read: `If-Match`. */
  tag?: string;
  /** Waits between tries, in milliseconds. */
  waits?: number[];
  /** How long one try may take, in milliseconds. */
  patience?: number;
}

/** Waits between tries of one action on a bad network. */
const WAITS = [500, 1500, 4000];
/** A little more than the server gives itself. */
const PATIENCE = 125_000;
/** What a proxy says while the server behind it starts again. */
const PASSING = [502, 503, 504];

/** Who is logged in: nobody waits for a log-in to be told that nobody is. */
const WHO = "/session";

/** Asks. */
export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return (await getTagged<T>(path, query, signal)).value;
}

/** Asks for a record that may be saved again; `patience` is how long one try may take, in milliseconds. */
export function getTagged<T>(path: string, query?: Query, signal?: AbortSignal, patience?: number): Promise<Tagged<T>> {
  const asks = () => asking<T>(address(path, query), signal, patience);
  return path === WHO ? asks() : letIn(asks);
}

async function asking<T>(url: string, signal?: AbortSignal, patience?: number): Promise<Tagged<T>> {
  try {
    return await once<T>(url, { headers: { accept: "application/json", ...idle() }, signal }, patience);
  } catch (error) {
    if (error instanceof Problem || signal?.aborted) throw error;
    throw lost();
  }
}

export const post = <T>(path: string, body?: unknown, sending?: Sending) => send<T>("POST", path, body, sending);
export const put = <T>(path: string, body?: unknown, sending?: Sending) => send<T>("PUT", path, body, sending);
export const del = <T>(path: string, body?: unknown, sending?: Sending) => send<T>("DELETE", path, body, sending);

/** Sends. Only what brought no answer is tried again, under the same key; an answer, whatever it says, is the end. */
export async function send<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  sending: Sending = {},
): Promise<T> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers: Record<string, string> = {
    accept: "application/json",
    "x-niangjia": "web",
    "idempotency-key": keyOf(sending, `${method} ${path} ${text}`),
  };
  if (sending.tag) headers["if-match"] = sending.tag;
  if (text !== undefined) headers["content-type"] = "application/json";
  const request = { method, headers, body: text };
  for (const wait of [...(sending.waits ?? WAITS), undefined]) {
    try {
      return (await letIn(() => once<T>(address(path), request, sending.patience ?? PATIENCE))).value;
    } catch (error) {
      if (error instanceof Problem && !passes(error)) throw error;
      if (wait === undefined) throw error instanceof Problem ? error : lost();
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  throw lost();
}

const passes = (problem: Problem) => problem.code === "unknown" && PASSING.includes(problem.status);

/**
 * The key of what is sent. The server takes nothing else under a key that something had: the same words in a window that
 * meanwhile stands for another row would be refused.
 */
function keyOf({ key, attempt }: Sending, sent: string): string {
  // Work of several steps gives each a key of its own.
  if (!attempt || attempt.key !== key) return key ?? newKey();
  if (attempt.sent !== undefined && attempt.sent !== sent) attempt.key = newKey();
  attempt.sent = sent;
  return attempt.key;
}

/** A new Idempotency-Key. `randomUUID` is missing where the page did not come by https, as in a hall's own network. */
export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One try, given up after a while where that is told: a phone between two cells may wait for ever. */
async function once<T>(url: string, { signal, ...request }: RequestInit, patience?: number): Promise<Tagged<T>> {
  const abort = new AbortController();
  const end = () => abort.abort();
  const timer = patience === undefined ? undefined : setTimeout(end, patience);
  signal?.addEventListener("abort", end);
  if (signal?.aborted) end();
  try {
    const asked = Date.now();
    const response = await fetch(url, { ...request, signal: abort.signal });
    return { value: await answer<T>(response, asked), tag: response.headers.get("etag") ?? "" };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}

async function answer<T>(response: Response, asked: number): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw problemOf(response.status, text);
  const type = response.headers.get("content-type") ?? "";
  // A public network's own log-in page, not our server.
  if (type.includes("text/html")) throw lost();
  hearTime(response, asked);
  return (text === "" ? undefined : type.includes("json") ? JSON.parse(text) : text) as T;
}
