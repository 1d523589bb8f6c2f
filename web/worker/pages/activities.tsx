import { useQueryClient } from "@tanstack/react-query";
import { useAction } from "../../client/action";
import type { MyStationActivity } from "../../client/types";
import { moment } from "../../shared/words";
import { tell } from "../ask";
import { Failed, Frame } from "../frame";
import { Answered, useMine } from "../use-mine";

const PATH = "/me/station-activities";

/** Activities at stations: sign up, wait, give up. */
export default function ActivitiesPage() {
  const asked = useMine<MyStationActivity[]>(PATH, { refetchInterval: 60_000 });
  return (
    <Frame title="驿站活动">
      <Answered asked={asked}>
        {(activities) =>
          activities.length === 0 ? (
            <p className="note">近期没有驿站活动。讲座、读书、节日活动发布后会显示在这里。</p>
          ) : (
            activities.map((activity) => <Activity key={activity.id} of={activity} />)
          )
        }
      </Answered>
    </Frame>
  );
}

function Activity({ of }: { of: MyStationActivity }) {
  const client = useQueryClient();
  const action = useAction((way: "sign-up" | "give-up", sending) =>
    tell<MyStationActivity>(`${PATH}/${of.id}/${way}`, undefined, sending),
  );
  const act = async (way: "sign-up" | "give-up") => {
    await action.run(way);
    await client.invalidateQueries({ queryKey: ["mine", PATH] });
  };
  const signed = of.seat || (of.waiting_place ?? 0) > 0;
  const begun = Date.parse(of.starts_at) <= Date.now();
  return (
    <article className="box" aria-labelledby={`activity-${of.id}`}>
      <h2 id={`activity-${of.id}`}>{of.title}</h2>
      <p className="quiet">
        {of.kind_label} · {of.host}
      </p>
      <p>
        {moment(of.starts_at)} 至 {moment(of.ends_at)}
      </p>
      <p>
        {of.station}
        <span className="quiet small">　{of.address}</span>
      </p>
      {of.about && <p>{of.about}</p>}
      {of.cancelled ? (
        <p className="note bad">活动已取消：{of.cancelled}</p>
      ) : (
        <>
          <p role="status">
            <b>{of.standing}</b>
            <span className="quiet">
              　名额 {of.capacity}，已报 {of.seated}
              {of.waiting > 0 && `，候补 ${of.waiting}`}
            </span>
          </p>
          {action.problem && <Failed error={action.problem} />}
          {of.attended_at ? null : begun ? (
            <p className="quiet">活动已经开始，到现场出示“到站码”签到。</p>
          ) : signed ? (
            <button type="button" className="plain wide" disabled={action.busy} onClick={() => act("give-up")}>
              取消报名
            </button>
          ) : (
            <button type="button" className="main" disabled={action.busy} onClick={() => act("sign-up")}>
              {of.seated < of.capacity ? "报名" : "排队候补"}
            </button>
          )}
        </>
      )}
    </article>
  );
}
