import type { MyDues as Dues } from "../client/types";
import { day, month, yuan } from "../shared/words";
import { useMine } from "./use-mine";

/** The dues that I paid, where my union enters them. */
export function MyDues() {
  const dues = useMine<Dues>("/me/dues").data;
  if (!dues || dues.months.length === 0) return null;
  return (
    <section aria-label="我交的会费">
      <h2>我交的会费</h2>
      <p className="quiet">今年已交 {yuan(dues.this_year_fen)} 元。登记有误请联系工会更正。</p>
      <ol className="line">
        {dues.months.map((due) => (
          <li key={due.month}>
            <time dateTime={due.month}>{month(due.month)}</time>
            <b>{day(due.paid_on)}交</b>
            <span className="figure">{yuan(due.amount_fen)} 元</span>
            <span className="quiet">{due.organisation}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
