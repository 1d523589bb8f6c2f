import type { IndicatorForm, IndicatorScale } from "../../client/types";

/** What an indicator's numbers are, by the rule of the server (`tables/indicator.rs`). */
export function scaleOf(form: Pick<IndicatorForm, "source" | "counting" | "unit">): IndicatorScale {
  if (form.source === "member_share" || form.source === "branch_coverage") return "share";
  if (form.source === "ledger") return form.counting === "yuan" ? "money" : "count";
  const unit = (form.unit ?? "").trim();
  if (["%", "％", "百分比"].includes(unit)) return "share";
  return ["元", "万元"].includes(unit) ? "money" : "count";
}

/** What such numbers are counted in as a rule, by the units of the kinds that are counted; nothing where that is anybody's choice. */
export function usualUnit({ source, counting }: Partial<IndicatorForm>, ofKinds: string[]): string | undefined {
  if (source === "member_share" || source === "branch_coverage") return "%";
  if (source !== "ledger" || !counting) return undefined;
  if (counting === "items") return new Set(ofKinds).size === 1 ? ofKinds[0] : "件";
  return { person_times: "人次", people: "人", yuan: "元" }[counting];
}

/** Places behind the point that people type: per cent and yuan have two, counts none. */
const places = (scale: IndicatorScale) => (scale === "count" ? 0 : 2);

/** A stored value as people type it: basis points as per cent, fen as yuan. */
export function typed(scale: IndicatorScale, value: number): string {
  if (places(scale) === 0) return String(value);
  const text = String(Math.abs(value)).padStart(3, "0");
  const rest = text.slice(-2).replace(/0+$/, "");
  return `${value < 0 ? "-" : ""}${text.slice(0, -2)}${rest ? `.${rest}` : ""}`;
}

/** The stored value of what was typed, digit by digit, so that no fen is lost; undefined if it is no number. A comma parts thousands. */
export function stored(scale: IndicatorScale, text: string): number | undefined {
  const found = text
    .normalize("NFKC")
    .replace(/\s/g, "")
    .match(/^(\d+(?:,\d{3})*)(?:\.(\d*))?$/);
  if (!found) return undefined;
  const rest = (found[2] ?? "").replace(/0+$/, "");
  if (rest.length > places(scale)) return undefined;
  const value = Number(`${found[1]?.replace(/,/g, "")}${rest.padEnd(places(scale), "0")}`);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** What is asked for where no such number was typed. */
export const wanted = (scale: IndicatorScale) => (scale === "count" ? "请填写整数" : "请填写数字，最多两位小数");

/** The rule of a field for such a number; that there must be one is another rule's. */
export const numeric = (scale: IndicatorScale) => ({
  validator: (_: unknown, text?: string) =>
    !text || stored(scale, text) !== undefined ? Promise.resolve() : Promise.reject(new Error(wanted(scale))),
});

/** The unit behind the field. */
export const fieldUnit = (scale: IndicatorScale, unit: string) =>
  scale === "share" ? "%" : scale === "money" ? "元" : unit;
