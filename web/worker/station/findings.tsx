import { type FormEvent, useState } from "react";
import { useAction } from "../../client/action";
import type { MyStationMending, StationFinding, StationPhoto } from "../../client/types";
import { day } from "../../shared/words";
import { tell } from "../ask";
import { Field } from "../field";
import { Failed } from "../frame";
import { Answered, useAgain, useMine } from "../use-mine";
import { Photos } from "./photos";

/** What inspections found here: until when it is to be mended, and saying that it is. */
export function Findings({ station }: { station: string }) {
  const path = `/me/stations/${station}`;
  const asked = useMine<StationFinding[]>(`${path}/findings`);
  const again = useAgain(path);
  const [mending, mend] = useState("");
  const done = async () => {
    mend("");
    await again();
  };
  return (
    <section aria-label="整改">
      <Answered asked={asked}>
        {(findings) => (
          <>
            {findings.length === 0 && <p className="note">没有待整改的问题。检查发现问题后，这里会显示期限。</p>}
            {findings.map((one) => (
              <article className="box" key={one.id} aria-label={one.wrong}>
                <p>
                  <b>{one.wrong}</b>
                </p>
                <p className="quiet small">{one.item_label}</p>
                <p className={one.days_late > 0 ? "warns" : undefined}>
                  {day(one.mend_by)}前整改{one.days_late > 0 && `，已逾期${one.days_late}天`}
                </p>
                {one.state === "reported" && (
                  <p className="note">
                    已上报：{one.mending}（照片{one.proof.length}张），等检查单位核验。
                  </p>
                )}
                {one.answer && <p className="note bad">上次退回：{one.answer}</p>}
                {mending === one.id ? (
                  <Mend of={one} station={station} done={done} leave={() => mend("")} />
                ) : (
                  <button
                    type="button"
                    className={one.state === "open" ? "main" : "plain wide"}
                    aria-label={`上报整改：${one.wrong}`}
                    onClick={() => mend(one.id)}
                  >
                    {one.state === "open" ? "上报整改" : "重新上报"}
                  </button>
                )}
              </article>
            ))}
          </>
        )}
      </Answered>
    </section>
  );
}

interface MendProps {
  of: StationFinding;
  station: string;
  done: () => void;
  leave: () => void;
}

function Mend({ of, station, done, leave }: MendProps) {
  const [mending, write] = useState("");
  const [proof, show] = useState<StationPhoto[]>([]);
  const [sending, wait] = useState(false);
  const action = useAction((input: MyStationMending, sending) =>
    tell<StationFinding>(`/me/stations/${station}/mendings`, input, sending),
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await action.run({ finding_id: of.id, mending, proof })) done();
  };
  return (
    <form onSubmit={submit} noValidate aria-label="上报整改">
      {action.problem && action.problem.fields.length === 0 && <Failed error={action.problem} />}
      <Field
        label="怎么整改的"
        maxLength={200}
        value={mending}
        wrong={action.problem?.of("mending")}
        onChange={write}
      />
      <Photos
        station={station}
        label="整改后的照片"
        hint="1 至 6 张"
        photos={proof}
        change={show}
        busy={wait}
        wrong={action.problem?.of("proof")}
      />
      <div className="two">
        <button type="submit" className="main" disabled={action.busy || sending}>
          {sending ? "照片正在上传…" : "上报"}
        </button>
        <button type="button" className="plain" onClick={leave}>
          先不报
        </button>
      </div>
    </form>
  );
}
