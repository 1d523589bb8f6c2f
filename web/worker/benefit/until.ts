import type { MyVoucher } from "../../client/types";
import { day, dayOf, days, daysAfter, minute, today } from "../../shared/words";

/** Until when something is good: the whole day, where it ends with it; else to the minute. */
export function until(instant: string): string {
  if (instant.slice(11, 16) !== "00:00") return minute(instant);
  return `${day(daysAfter(instant.slice(0, 10), -1))}（含当天）`;
}

/** The batch to which one comes yet; none where none was chosen, or it is over. */
export const toCome = ({ batch }: MyVoucher) => (batch && batch.ends_on >= today() ? batch : undefined);

const LAST_DAYS = ["今天到期", "明天到期", "后天到期"];

/** That a voucher which waits is good for a few days only; nothing where a batch is to come, whose days count. */
export function ending(voucher: MyVoucher): string | undefined {
  if (voucher.state !== "claimed" || toCome(voucher)) return undefined;
  const last = dayOf(Date.parse(voucher.use_until) - 1);
  return LAST_DAYS[(Date.parse(last) - Date.parse(today())) / 86_400_000];
}

/** Until when a voucher is good; who chose a batch comes on its days, however long that is. */
export function goodFor(voucher: MyVoucher): string {
  const { batch, by_batch, use_until } = voucher;
  const next = toCome(voucher);
  if (next) return `${days(next)} · ${next.place.name}`;
  const soon = ending(voucher);
  const good = `${soon ? `${soon}，` : ""}有效期至 ${until(use_until)}`;
  return by_batch && !batch ? `请先选择批次，${good}` : good;
}

/** The names of places, the first few of many. */
export function few(names: readonly string[], all: number): string {
  return all <= names.length ? names.join("、") : `${names.slice(0, 3).join("、")}等 ${all} 处`;
}
