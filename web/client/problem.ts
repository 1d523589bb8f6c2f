/** What is wrong with one field of what was sent. */
export interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

/** An answer that is no success (RFC 9457): `message` is a Chinese sentence that tells what to do. */
export class Problem extends Error {
  constructor(
    /** The HTTP status; 0 if no answer came. */
    readonly status: number,
    /** The stable code. */
    readonly code: string,
    detail: string,
    /** What is wrong with single fields. */
    readonly fields: FieldProblem[] = [],
    /** For a lost update (412): the fields that somebody else changed meanwhile. */
    readonly changed: string[] = [],
    /** More that a page needs to help. */
    readonly extra?: unknown,
    /** What an administrator finds in the log. */
    readonly trace?: string,
  ) {
    super(detail);
  }

  /** What is wrong with one field. */
  of(field: string): string | undefined {
    return this.fields.find((one) => one.field === field)?.message;
  }

  /** Whether all that is wrong is wrong with single fields, each of them among these. */
  isOf(fields: string[]): boolean {
    return this.fields.length > 0 && this.fields.every((one) => fields.includes(one.field));
  }

  /**
   * Whether the server itself has judged what was sent, so that sending it again brings the same. What a proxy or a hall's own
   * network says is no judgement, nor that the server is busy or somebody has to log in first.
   */
  get isFinal(): boolean {
    return this.code !== "unknown" && this.status >= 400 && this.status < 500 && ![401, 403, 429].includes(this.status);
  }

  /** Whether what is shown is older than what the server knows: gone, done already, or changed by somebody else. */
  get isStale(): boolean {
    return this.code !== "unknown" && [404, 409, 412].includes(this.status);
  }

  /** Whether no answer came, so that nobody knows whether it was done. */
  get isLost(): boolean {
    return this.status === 0;
  }
}

/** No answer came. */
export function lost(): Problem {
  return new Problem(0, "offline", "网络不通，请检查网络后再试；已填的内容不会丢。");
}

/** Reads a problem document; whatever else came instead still becomes a sentence. */
export function problemOf(status: number, text: string): Problem {
  const body = document(text);
  const detail = typeof body.detail === "string" ? body.detail : WITHOUT_WORDS[status];
  return new Problem(
    status,
    typeof body.code === "string" ? body.code : "unknown",
    detail ?? `系统没有给出说明（${status}），请稍后再试。`,
    Array.isArray(body.fields) ? (body.fields as FieldProblem[]) : [],
    Array.isArray(body.changed) ? (body.changed as string[]) : [],
    body.extra,
    typeof body.trace_id === "string" ? body.trace_id : undefined,
  );
}

const WITHOUT_WORDS: Record<number, string> = {
  413: "文件太大，请拆成几个再上传。",
  429: "操作太频繁，请稍等一会儿再试。",
  502: "服务正在重启，请稍后再试。",
  503: "服务正忙，请稍后再试。",
  504: "服务一时没有回应，请稍后再试。",
};

function document(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The sentence to show for whatever was thrown; the number that support asks for stands beside a fault of ours only. */
export function sentence(error: unknown): string {
  if (error instanceof Problem)
    return error.trace && error.status >= 500 ? `${error.message}（追踪号 ${error.trace}）` : error.message;
  return "页面出了问题，请刷新后再试。";
}
