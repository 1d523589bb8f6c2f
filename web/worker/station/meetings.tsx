import { type FormEvent, useState } from "react";
import type { StationActivity } from "../../client/types";
import { minute } from "../../shared/words";
import { Field } from "../field";
import { Scan } from "../scan/scan";
import { Answered, useMine } from "../use-mine";
import { Attendances } from "./attendances";
import type { Keep } from "./queue";

/** The station's activities; who comes is told by his code, also without a network. */
export function Meetings({ station, keep }: { station: string; keep: Keep }) {
  const path = `/me/stations/${station}/activities`;
  const asked = useMine<StationActivity[]>(path);
  return (
    <section aria-label="活动">
      <Answered asked={asked}>
        {(activities) =>
          activities.length === 0 ? (
            <p className="note">本站近期没有活动。活动由上级工会在工作台发布。</p>
          ) : (
            activities.map((activity) => <Meeting key={activity.id} of={activity} station={station} keep={keep} />)
          )
        }
      </Answered>
    </section>
  );
}

interface MeetingProps {
  of: StationActivity;
  station: string;
  keep: Keep;
}

function Meeting({ of, station, keep }: MeetingProps) {
  const [code, type] = useState("");
  const [wrong, tellWrong] = useState<string>();
  const [listing, list] = useState(false);
  const attend = (text: string) => {
    tellWrong(text.trim() === "" ? "请扫描或输入到站码。" : undefined);
    if (text.trim() === "") return;
    keep("attendances", `${of.title}（签到）`, { activity_id: of.id, code: text.trim() });
    type("");
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
          wrong={wrong}
          autoComplete="off"
          autoCapitalize="off"
          beside={
            <button type="submit" className="plain">
              签到
            </button>
          }
        />
      </form>
      {(of.attended > 0 || listing) && (
        <button type="button" className="link" aria-expanded={listing} onClick={() => list(!listing)}>
          {listing ? "收起签到名单" : "今天的签到名单"}
        </button>
      )}
      {listing && <Attendances station={station} of={of} />}
    </article>
  );
}
