import type { LiveEvent } from "../client/types";

/** The last who joined, masked, newest first. */
export function Latest({ people }: { people: LiveEvent["recent"] }) {
  return (
    <section className="latest" aria-label="最新报名">
      <h2>最新报名</h2>
      {people.length === 0 && <p className="quiet">还没有人报名</p>}
      <ol>
        {people.map((one) => (
          <li key={`${one.joined_at} ${one.name} ${one.organisation}`}>
            <b>{one.name}</b>
            <span>{one.organisation}</span>
            <time dateTime={one.joined_at}>{one.joined_at.slice(11, 16)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}
