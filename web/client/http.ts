// The way to the server. Unsafe calls carry the header that forged requests lack and an Idempotency-Key that stays the
// same while one action of a person is tried again, so a resend changes nothing twice.

export interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

/** An answer that is no success: `message` is a sentence that tells what to do. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: FieldProblem[] = [],
    readonly extra?: unknown,
  ) {
    super(detail);
  }

  /** What is wrong with one field. */
  of(field: string): string | undefined {
    return this.fields.find((one) => one.field === field)?.message;
  }
}

type Query = Record<string, string | number | boolean | undefined>;

const address = (path: string, query: Query = {}) => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
};

async function answer<T>(response: Response): Promise<T> {
  const text = await response.text();
  let body: unknown;
  try {
    body = text ? JSON.parse(text) : undefined;
  } catch {
    body = undefined;
  }
  if (response.ok) return body as T;
  const problem = (body ?? {}) as Partial<Problem> & { detail?: string };
  throw new Problem(
    response.status,
    problem.code ?? "unknown",
    problem.detail ?? "系统没有给出说明，请稍后再试。",
    problem.fields ?? [],
    problem.extra,
  );
}

/** Asks. */
export async function get<T>(path: string, query?: Query): Promise<T> {
  return answer<T>(await fetch(address(path, query), { headers: { accept: "application/json" } }));
}

/** Waits between tries of one action on a bad network, in milliseconds. */
const WAITS = [500, 1500, 4000];

/** Sends. Only a lost connection is tried again; an answer, whatever it says, is the end. */
export async function send<T>(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
  options: { key?: string; waits?: number[] } = {},
): Promise<T> {
  const headers: Record<string, string> = {
    "x-niangjia": "web",
    "idempotency-key": options.key ?? crypto.randomUUID(),
  };
  if (body !== undefined) headers["content-type"] = "application/json";
  const request = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
  for (const wait of [...(options.waits ?? WAITS), undefined]) {
    try {
      return await answer<T>(await fetch(address(path), request));
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (wait === undefined) throw new Problem(0, "offline", "网络不通，请检查网络后再试；已填的内容不会丢。");
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  throw new Problem(0, "offline", "网络不通，请检查网络后再试。");
}
