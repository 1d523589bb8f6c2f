import { Word } from "../parts/word";

/** How many stars the latest inspection gave. */
export function Stars({ star, label }: { star?: number | null; label?: string | null }) {
  if (star === undefined || star === null) return <span className="quiet">未评定</span>;
  if (star === 0) return <Word tone="bad">未达标</Word>;
  return (
    <span className="stars" title={label ?? undefined}>
      <span aria-hidden="true">{"★".repeat(star)}</span>
      <span className="unseen">{label}</span>
    </span>
  );
}
