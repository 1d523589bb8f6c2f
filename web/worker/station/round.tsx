import type { ReactNode } from "react";
import type { RoundPoint, StationPhoto, StationRound } from "../../client/types";
import { Corrected } from "../../shared/corrected";
import { roundSaid } from "../../shared/stations";
import { clock, day as inWords, today } from "../../shared/words";
import { Checks } from "./checks";
import { Correct } from "./correct";
import { looked } from "./looked";
import type { Keep, Kept } from "./queue";
import type { Choices } from "./remembered";

const KINDS = { opening: "开站检查", closing: "闭站检查" } as const;

interface RoundProps {
  day: Choices;
  /** The looks round of today, as far as the server told of them. */
  made?: StationRound[];
  /** Those of yesterday. */
  earlier?: StationRound[];
  /** What waits on this phone, or arrived since the day was asked for: a round that is not shown as made is made twice. */
  waiting: Kept[];
  /** What of that waits still. */
  kept?: Kept[];
  keep: Keep;
}

/** What a look round says. */
interface Told {
  kind: StationRound["kind"];
  sent_as: string;
  points: RoundPoint[];
  photos?: StationPhoto[];
}

/** The look round when the station opens and closes; a wrong one is corrected on the same or the next day. */
export function Round({ day, made = [], earlier = [], waiting, kept = [], keep }: RoundProps) {
  const now = today();
  const done = looked(day.rounds, waiting, now);
  const kind = done.has("opening") ? "closing" : "opening";
  const station = day.station.id;
  const waits = kept.flatMap((one) => (one.to === "rounds" ? [one.body] : []));
  const corrections = kept.flatMap((one) => (one.to === "round-corrections" ? [one.body] : []));
  /** What was corrected last, and the way to correct it. */
  const correct = ({ kind, sent_as, points, photos = [] }: Told, when: string) => {
    const latest = corrections.filter((one) => one.corrects === sent_as).slice(-1)[0];
    return (
      <>
        {latest && <p className="small">更正记在本机，联网后自动上报：{roundSaid(latest)}</p>}
        <Correct name={`更正${when}${KINDS[kind]}`}>
          {(close) => (
            <>
              <Checks
                station={station}
                points={points.map(({ code, label = code }) => ({ code, label }))}
                told={{ points: latest?.points ?? points, photos: latest?.photos ?? photos }}
                write={(points, photos) => {
                  keep("round-corrections", `更正${KINDS[kind]}`, { corrects: sent_as, points, photos });
                  close();
                }}
              />
              <button type="button" className="plain wide" onClick={close}>
                不改了
              </button>
            </>
          )}
        </Correct>
      </>
    );
  };
  // A page that stood open over night without a network still has those of the day before for today's.
  const when = ({ day, happened_at }: StationRound) =>
    day === now ? clock(happened_at) : `${inWords(day)} ${clock(happened_at)}`;
  const shown = (round: StationRound): ReactNode => (
    <div key={round.id} className={round.wrong > 0 ? "note bad" : "note"}>
      <p>
        {when(round)} {round.kind_label}：{roundSaid(round)}
      </p>
      {round.before.map((before) => (
        <p key={before.corrected_at} className="quiet small">
          <Corrected before={before}>{roundSaid(before)}</Corrected>
        </p>
      ))}
      {round.can_be_corrected && correct(round, when(round))}
    </div>
  );
  return (
    <section aria-label="每日检查">
      {[...earlier, ...made].map(shown)}
      {waits.map((round) => (
        <div key={round.sent_as} className="note">
          <p>
            {KINDS[round.kind]}（记在本机）：{roundSaid(round)}
          </p>
          {correct(round, "")}
        </div>
      ))}
      {done.has("closing") && <p className="quiet">今天的检查已完成；还可以再补查一次。</p>}
      <h2>{KINDS[kind]}</h2>
      <Checks
        station={station}
        points={day.checks}
        write={(points, photos) => keep("rounds", KINDS[kind], { kind, points, photos })}
      />
    </section>
  );
}
