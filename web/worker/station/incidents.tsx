import type { ReactNode } from "react";
import type { StationIncident } from "../../client/types";
import { Corrected } from "../../shared/corrected";
import { INCIDENTS, incidentBefore } from "../../shared/stations";
import { day, minute } from "../../shared/words";
import { Answered, useMine } from "../use-mine";
import { Correct } from "./correct";
import { IncidentForm, type ToldIncident } from "./incident-form";
import type { Keep, Kept } from "./queue";

interface IncidentsProps {
  station: string;
  /** What waits on this phone. */
  kept?: Kept[];
  keep: Keep;
}

/** What happened at the station and how it was dealt with: written down and corrected also without a network. */
export function Incidents({ station, kept = [], keep }: IncidentsProps) {
  const asked = useMine<StationIncident[]>(`/me/stations/${station}/incidents`);
  const waiting = kept.flatMap((one) => (one.to === "incidents" ? [one.body] : []));
  const corrections = kept.flatMap((one) => (one.to === "incident-corrections" ? [one.body] : []));
  /** What it says with what was corrected last, and the way to correct it. */
  const correct = (name: string, told: ToldIncident) => {
    const latest = corrections.filter((one) => one.corrects === name).slice(-1)[0];
    return (
      <>
        {latest && <p className="small">更正记在本机，联网后自动上报：{latest.what}</p>}
        <Correct name={`更正${INCIDENTS[told.kind]}：${told.what}`}>
          {(close) => (
            <IncidentForm
              station={station}
              told={latest ?? told}
              write={(right) => {
                keep("incident-corrections", `更正${INCIDENTS[right.kind]}`, { ...right, corrects: name });
                close();
              }}
              leave={close}
            />
          )}
        </Correct>
      </>
    );
  };
  return (
    <section aria-label="事件急救">
      <IncidentForm station={station} write={(told) => keep("incidents", INCIDENTS[told.kind], told)} />
      {waiting.map((one) => (
        <article key={one.sent_as} className="box" aria-label={`${INCIDENTS[one.kind]}（记在本机）`}>
          <p>
            <b>{INCIDENTS[one.kind]}</b> <span className="quiet small">记在本机，联网后自动上报</span>
          </p>
          <p>{one.what}</p>
          <p className="quiet">处理：{one.did}</p>
          {correct(one.sent_as, one)}
        </article>
      ))}
      <Answered asked={asked}>
        {(incidents) => (
          <>
            <h2>最近的记录</h2>
            {incidents.length === 0 && <p className="note">还没有事件记录。</p>}
            {incidents.map((one) => (
              <Incident key={one.id} one={one}>
                {one.can_be_corrected && correct(one.sent_as, one)}
              </Incident>
            ))}
          </>
        )}
      </Answered>
    </section>
  );
}

function Incident({ one, children }: { one: StationIncident; children: ReactNode }) {
  const came = [one.ambulance && "救护车来过", one.police && "警察来过"].filter(Boolean).join("，");
  return (
    <article className="box" aria-label={one.kind_label}>
      <p>
        <b>{one.kind_label}</b> <span className="quiet small">{minute(one.happened_at)}</span>
      </p>
      <p>{one.what}</p>
      <p className="quiet">
        {one.did && `处理：${one.did}`}
        {came && `（${came}）`}
      </p>
      {one.used.length > 0 && <p className="quiet">用了：{one.used.map((used) => used.words).join("；")}</p>}
      {one.before.map((before) => (
        <p key={before.corrected_at} className="quiet small">
          <Corrected before={before}>{incidentBefore(before)}</Corrected>
        </p>
      ))}
      {one.serious && one.closed_on == null && <p className="small warns">等工会跟进</p>}
      {one.note && (
        <p className="quiet small">
          {day(one.closed_on)}办结：{one.note}
        </p>
      )}
      {children}
    </article>
  );
}
