import { count } from "../shared/words";

interface Bar {
  key: string;
  name: string;
  value: number;
}

/** As many as can be read from the last row. */
const MOST = 8;

/** The key of the bar for all that don't fit. */
const REST = "rest";

/** The largest values as bars; what doesn't fit is one bar of its own, so that the sum stays whole. */
export function Bars({ title, unit, bars }: { title: string; unit: string; bars: Bar[] }) {
  const shown = fitting(bars);
  // The sum of the rest would dwarf those who are named.
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <section className="bars" aria-label={title}>
      <h2>{title}</h2>
      {shown.length === 0 && <p className="quiet">等第一位职工扫码…</p>}
      <ol>
        {shown.map((bar) => (
          <li key={bar.key}>
            <span>{bar.name}</span>
            <b>
              {count(bar.value)} <small>{unit}</small>
            </b>
            <i hidden={bar.key === REST} style={{ transform: `scaleX(${bar.value / most})` }} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The bars that fit. */
export function fitting(bars: Bar[]): Bar[] {
  if (bars.length <= MOST) return bars;
  const rest = bars.slice(MOST - 1);
  const value = rest.reduce((sum, bar) => sum + bar.value, 0);
  return [...bars.slice(0, MOST - 1), { key: REST, name: `其他 ${rest.length} 家`, value }];
}
