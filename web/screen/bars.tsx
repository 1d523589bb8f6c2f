import { count } from "../shared/words";

interface Bar {
  key: string;
  name: string;
  value: number;
}

/** As many lines as can be read from the last row. */
const MOST = 8;

interface BarsProps {
  title: string;
  unit: string;
  bars: Bar[];
  /** What is said while there are none. */
  empty: string;
  /** What those are that don't fit, behind their number. */
  more: string;
}

/** The largest values as bars; of those that don't fit it is said that they are there. */
export function Bars({ title, unit, bars, empty, more }: BarsProps) {
  const { shown, others } = fitting(bars);
  const most = Math.max(1, ...shown.map((bar) => bar.value));
  return (
    <section className="bars" aria-label={title}>
      <h2>{title}</h2>
      {shown.length === 0 && <p className="quiet">{empty}</p>}
      <ol>
        {shown.map((bar) => (
          <li key={bar.key}>
            <span>{bar.name}</span>
            <b>
              {count(bar.value)} <small>{unit}</small>
            </b>
            <i style={{ transform: `scaleX(${bar.value / most})` }} />
          </li>
        ))}
      </ol>
      {others > 0 && (
        <p className="quiet">
          还有 {count(others)} {more}
        </p>
      )}
    </section>
  );
}

/** The bars that fit, and how many don't. Nothing is added up here: figures come from the ledger alone. */
export function fitting(bars: Bar[]): { shown: Bar[]; others: number } {
  if (bars.length <= MOST) return { shown: bars, others: 0 };
  return { shown: bars.slice(0, MOST - 1), others: bars.length - MOST + 1 };
}
