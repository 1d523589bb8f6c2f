import type { AuditRow } from "../../client/types";

/** What an entry tells besides: reasons, and what was before. */
export function Detail({ row }: { row: AuditRow }) {
  return (
    <dl className="told">
      {row.told.map(({ label, text }) => (
        <div key={`${label} ${text}`}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
