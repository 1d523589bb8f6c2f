import type { NextStep } from "../../client/types";
import { kept, store } from "../../shared/store";

/** Why the unit's own sign-in did not lead in. The server names the reason only; what to do stands here. */
const REFUSED = new Map([
  ["not_bound", "您的统一登录账号还没有与娘家账号绑定。请先用密码登录，在“账号安全”里绑定，或请安全管理员登记。"],
  ["disabled", "您的娘家账号已停用，请联系本单位的安全管理员。"],
  ["locked", "账号因连续输错已锁定，请稍后再试。"],
  ["bound_elsewhere", "这个统一登录账号已绑定另一个娘家账号，请联系安全管理员。"],
  ["cancelled", "统一登录已取消。"],
  ["stale", "统一登录超时或被打断，请重新登录。"],
  ["unreachable", "统一登录暂时连不上，请稍后再试，或先用密码登录。"],
]);

/** What the unit's own sign-in sent the browser back with. */
interface Returned {
  next?: NextStep;
  refused?: string;
  bound?: boolean;
}

/** Reads what stands behind the `#` of an address. */
export function returned(hash: string): Returned {
  const [mark, kind, rest = "", minutes] = hash.replace(/^#/, "").split(":");
  if (mark !== "sign-in") return {};
  if (kind === "bound") return { bound: true };
  if (kind === "code" || kind === "enrol") return { next: { step: kind, ticket: rest } };
  const told = REFUSED.get(rest) ?? "统一登录没有成功，请重试，或先用密码登录。";
  return { refused: minutes?.match(/^\d{1,3}$/) ? told.replace("稍后", ` ${minutes} 分钟后`) : told };
}

/** The same of this page's address, which is then cleaned: a ticket does not stay in the history. */
export function arrived(): Returned {
  const found = returned(window.location.hash);
  if (window.location.hash.startsWith("#sign-in:")) {
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
  }
  return found;
}

/** The page from which somebody left for the unit's own sign-in. */
const LEFT = "niangjia.left";

/** Remembers the page that is left for the unit's own sign-in. */
export function leaving(): void {
  store(LEFT, window.location.pathname + window.location.search, "sessionStorage");
}

/** Goes on where somebody left for the unit's own sign-in, which itself leads to the first page only. Before the router looks. */
export function comeBack(): void {
  const left = kept(LEFT, "sessionStorage");
  store(LEFT, undefined, "sessionStorage");
  if (!left || window.location.pathname !== "/") return;
  window.history.replaceState(null, "", window.location.origin + left + window.location.hash);
}
