import { type FormEvent, useState } from "react";
import type { NewStationIncident } from "../../client/types";
import { INCIDENTS } from "../../shared/stations";
import { Choice, Field } from "../field";
import { isUnfinished, toSend, type Used, UsedSupplies } from "./used";

type Kind = NewStationIncident["kind"];

/** What is told of an incident. */
export type ToldIncident = Omit<NewStationIncident, "sent_as" | "happened_at">;

const MARKS = { ambulance: "救护车来过", police: "警察来过", serious: "情况严重，请工会跟进" } as const;
type Mark = keyof typeof MARKS;

interface FormProps {
  station: string;
  /** What it says so far, if it is to be corrected. */
  told?: ToldIncident;
  write: (told: ToldIncident) => void;
  /** Goes back without a correction. */
  leave?: () => void;
}

/** What happened and how it was dealt with, typed for the first time or corrected. */
export function IncidentForm({ station, told, write, leave }: FormProps) {
  const begun = {
    used: (told?.used ?? []).map((one): Used => ({ good: one.good_id, amount: String(one.quantity) })),
    marks: { ambulance: told?.ambulance ?? false, police: told?.police ?? false, serious: told?.serious ?? false },
  };
  const [kind, choose] = useState<Kind>(told?.kind ?? "injury");
  const [what, tellWhat] = useState(told?.what ?? "");
  const [did, tellDid] = useState(told?.did ?? "");
  const [helped, tellHelped] = useState("");
  const [used, use] = useState<Used[]>(begun.used);
  const [marks, mark] = useState<Record<Mark, boolean>>(begun.marks);
  const [tried, attempt] = useState(false);
  const short = (text: string, wrong: string) => (tried && text.trim().length < 2 ? wrong : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt(true);
    if (what.trim().length < 2 || did.trim().length < 2 || isUnfinished(used)) return;
    write({
      kind,
      what: what.trim(),
      did: did.trim(),
      helped: helped.trim() || null,
      used: toSend(used),
      ...marks,
    });
    // The next one begins empty; a corrected one is put away.
    tellWhat("");
    tellDid("");
    tellHelped("");
    use([]);
    mark({ ambulance: false, police: false, serious: false });
    attempt(false);
  };
  return (
    <form onSubmit={submit} noValidate aria-label={told ? "更正事件" : "登记事件"}>
      <p className="quiet">
        {told ? "更正后原来的内容划掉保留，工会能看到。" : "有危险先打 120、110 或 119，处理完再登记。"}
      </p>
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
        hint={told ? "不改就不填；原来登记的不显示" : "本人愿意才填，加密保存"}
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
      {told ? (
        <div className="two">
          <button type="submit" className="main">
            保存更正
          </button>
          <button type="button" className="plain" onClick={leave}>
            不改了
          </button>
        </div>
      ) : (
        <button type="submit" className="main">
          登记事件
        </button>
      )}
    </form>
  );
}
