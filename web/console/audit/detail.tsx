import type { AuditRow } from "../../client/types";
import { useNames } from "./names";
import { told, word } from "./words";

/** What an entry tells besides: reasons, and what was before. */
export function Detail({ row }: { row: AuditRow }) {
  const says = useNames(row);
  return (
    <dl className="told">
      {Object.entries(row.detail ?? {}).map(([key, value]) => (
        <div key={key}>
          <dt>{word(key)}</dt>
          <dd>{told(key, value, says)}</dd>
        </div>
      ))}
    </dl>
  );
}
