import { type FormEvent, useState } from "react";
import { useAction } from "../../client/action";
import type { Attended, StationActivity } from "../../client/types";
import { minute } from "../../shared/words";
import { tell } from "../ask";
import { Field } from "../field";
import { Scan } from "../scan/scan";
import { Answered, useAgain, useMine } from "../use-mine";
import { Attendances } from "./attendances";

/** The station's activities; who comes is told by his code. */
export function Meetings({ station }: { station: string }) {
  const path = `/me/stations/${station}/activities`;
  const asked = useMine<StationActivity[]>(path);
  return (
    <section aria-label="活动">
      <Answered asked={asked}>
        {(activities) =>
          activities.length === 0 ? (
            <p className="note">本站近期没有活动。活动由上级工会在工作台发布。</p>
          ) : (
            activities.map((activity) => <Meeting key={activity.id} of={activity} station={station} />)
          )
        }
      </Answered>
    </section>
  );
}

function Meeting({ of, station }: { of: StationActivity; station: string }) {
  const again = useAgain(`/me/stations/${station}/activities`, `/me/stations/${station}/attendances`);
  const [code, type] = useState("");
  const [came, tellCame] = useState<Attended>();
  const [wrong, tellWrong] = useState<string>();
  const [listing, list] = useState(false);
  const action = useAction((text: string, sending) =>
    tell<Attended>(`/me/stations/${station}/attendances`, { activity_id: of.id, code: text }, sending),
  );
  const attend = async (text: string) => {
    tellWrong(text.trim() === "" ? "请扫描或输入到站码。" : undefined);
    // Whoever came before this one is no answer to what was scanned now.
    tellCame(undefined);
    if (text.trim() === "") return;
    const done = await action.run(text.trim());
    if (!done) return;
    tellCame(done);
    type("");
    await again();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attend(code);
  };
  return (
    <article className="box" aria-labelledby={`meeting-${of.id}`}>
      <h2 id={`meeting-${of.id}`}>{of.title}</h2>
      <p>
        {minute(of.starts_at)} · {of.host}
      </p>
      <p>
        报名 {of.seated} / {of.capacity}
        {of.waiting > 0 && `，候补 ${of.waiting}`}，已签到 <b className="figure">{of.attended}</b> 人
      </p>
      <Scan label="扫码签到" done={attend} />
      <form onSubmit={submit} noValidate>
        <Field
          label="参加人的到站码"
          value={code}
          onChange={type}
          wrong={wrong ?? action.problem?.message}
          autoComplete="off"
          autoCapitalize="off"
          beside={
            <button type="submit" className="plain" disabled={action.busy}>
              签到
            </button>
          }
        />
      </form>
      <p role="status">
        {came &&
          `${came.name}${came.counted_before ? "此前已签到" : came.signed_up ? "签到成功" : "未报名，已现场登记"}`}
      </p>
      {(of.attended > 0 || listing) && (
        <button type="button" className="link" aria-expanded={listing} onClick={() => list(!listing)}>
          {listing ? "收起签到名单" : "今天的签到名单"}
        </button>
      )}
      {listing && <Attendances station={station} of={of} />}
    </article>
  );
}
