import { count } from "../../shared/words";
import type { Kept } from "./queue";

/** So many stand there at first: more would push what is to be done off the screen. */
const FIRST = 2;

/** What the server did not take of what was written down, and why. */
export function Refused({ all, settle }: { all: Kept[]; settle: () => void }) {
  if (all.length === 0) return null;
  const told = (some: Kept[]) =>
    some.map((one) => (
      <p key={one.body.sent_as}>
        {one.label}：{one.refused}
      </p>
    ));
  return (
    <div className="note bad" role="alert">
      {told(all.slice(0, FIRST))}
      {all.length > FIRST && (
        <details>
          <summary>还有 {count(all.length - FIRST)} 条没有记上</summary>
          {told(all.slice(FIRST))}
        </details>
      )}
      <button type="button" className="plain" onClick={settle}>
        知道了
      </button>
    </div>
  );
}
