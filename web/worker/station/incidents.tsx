import { type FormEvent, useState } from "react";
import type { NewStationIncident, StationIncident } from "../../client/types";
import { INCIDENTS } from "../../shared/stations";
import { day, minute } from "../../shared/words";
import { Choice, Field } from "../field";
import { Answered, useMine } from "../use-mine";
import type { Keep } from "./queue";
import { isUnfinished, toSend, type Used, UsedSupplies } from "./used";

type Kind = NewStationIncident["kind"];

const MARKS = { ambulance: "救护车来过", police: "警察来过", serious: "情况严重，请工会跟进" } as const;
type Mark = keyof typeof MARKS;
const NONE: Record<Mark, boolean> = { ambulance: false, police: false, serious: false };

/** What happened at the station and how it was dealt with: written down also without a network. */
export function Incidents({ station, keep }: { station: string; keep: Keep }) {
  const asked = useMine<StationIncident[]>(`/me/stations/${station}/incidents`);
  return (
    <section aria-label="事件急救">
      <Write station={station} keep={keep} />
      <Answered asked={asked}>
        {(incidents) => (
          <>
            <h2>最近的记录</h2>
            {incidents.length === 0 && <p className="note">还没有事件记录。</p>}
            {incidents.map((one) => (
              <Incident key={one.id} one={one} />
            ))}
          </>
        )}
      </Answered>
    </section>
  );
}

function Incident({ one }: { one: StationIncident }) {
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
      {one.serious && one.closed_on == null && <p className="small warns">等工会跟进</p>}
      {one.note && (
        <p className="quiet small">
          {day(one.closed_on)}办结：{one.note}
        </p>
      )}
    </article>
  );
}

function Write({ station, keep }: { station: string; keep: Keep }) {
  const [kind, choose] = useState<Kind>("injury");
  const [what, tellWhat] = useState("");
  const [did, tellDid] = useState("");
  const [helped, tellHelped] = useState("");
  const [used, use] = useState<Used[]>([]);
  const [marks, mark] = useState(NONE);
  const [tried, attempt] = useState(false);
  const short = (text: string, wrong: string) => (tried && text.trim().length < 2 ? wrong : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt(true);
    if (what.trim().length < 2 || did.trim().length < 2 || isUnfinished(used)) return;
    const body = {
      kind,
      what: what.trim(),
      did: did.trim(),
      helped: helped.trim() || null,
      used: toSend(used),
      ...marks,
    };
    keep("incidents", INCIDENTS[kind], body);
    tellWhat("");
    tellDid("");
    tellHelped("");
    use([]);
    mark(NONE);
    attempt(false);
  };
  return (
    <form onSubmit={submit} noValidate aria-label="登记事件">
      <p className="quiet">有危险先打 120、110 或 119，处理完再登记。</p>
      <Choice label="类型" value={kind} onChange={(value) => choose(value as Kind)}>
        {Object.entries(INCIDENTS).map(([code, label]) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </Choice>
      <Field
        label="发生了什么"
        maxLength={300}
        value={what}
        hint="不写姓名"
        wrong={short(what, "请写明发生了什么。")}
        onChange={tellWhat}
      />
      <Field
        label="怎么处理的"
        maxLength={300}
        value={did}
        wrong={short(did, "请写明怎么处理的。")}
        onChange={tellDid}
      />
      <UsedSupplies station={station} used={used} change={use} tried={tried} />
      <Field
        label="被救助人姓名和电话"
        maxLength={60}
        value={helped}
        hint="本人愿意才填，加密保存"
        onChange={tellHelped}
      />
      <ul className="checks">
        {(Object.keys(MARKS) as Mark[]).map((one) => (
          <li key={one}>
            <label>
              <input
                type="checkbox"
                checked={marks[one]}
                onChange={(event) => mark({ ...marks, [one]: event.target.checked })}
              />
              <span>{MARKS[one]}</span>
            </label>
          </li>
        ))}
      </ul>
      <button type="submit" className="main">
        登记事件
      </button>
    </form>
  );
}
