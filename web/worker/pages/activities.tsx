import { type RefObject, useRef, useState } from "react";
import { useAction } from "../../client/action";
import { timeNow } from "../../client/clock";
import type { MyStationActivity } from "../../client/types";
import { count, span } from "../../shared/words";
import { tell } from "../ask";
import { NearSearch, type Sought } from "../find/near-search";
import { Failed, Frame } from "../frame";
import { MineHeading } from "../mine-heading";
import { StationLine } from "../station-line";
import { Sure } from "../sure";
import { Answered, useAgain, useMine } from "../use-mine";

const PATH = "/me/station-activities";

const signedUp = (of: MyStationActivity) => of.seat || (of.waiting_place ?? 0) > 0;

/** Activities at stations: sign up, wait, give up. */
export default function ActivitiesPage() {
  const [sought, seek] = useState<Sought>({});
  const taken = useRef(false);
  const query = new URLSearchParams(sought).toString();
  const asked = useMine<MyStationActivity[]>(`${PATH}${query ? `?${query}` : ""}`, {
    refetchInterval: 60_000,
    placeholderData: (before: MyStationActivity[] | undefined) => before,
  });
  return (
    <Frame title="驿站活动">
      <Answered asked={asked}>
        {(activities) => {
          const own = activities.filter(signedUp);
          const others = activities.filter((one) => !signedUp(one));
          return (
            <>
              <MineHeading number={own.length} taken={taken}>
                我报名的
              </MineHeading>
              {own.map((activity) => (
                <Activity key={activity.id} of={activity} taken={taken} />
              ))}
              <h2>可以参加的</h2>
              <NearSearch sought={sought} seek={seek} label="活动、驿站名称或地址" />
              {others.length === 0 && (
                <p className="note">
                  {sought.q
                    ? `没有找到${own.length > 0 ? "别的" : "这样的"}活动，换个词看看。`
                    : "近期没有驿站活动。讲座、读书、节日活动发布后会显示在这里。"}
                </p>
              )}
              {others.map((activity) => (
                <Activity key={activity.id} of={activity} taken={taken} />
              ))}
            </>
          );
        }}
      </Answered>
    </Frame>
  );
}

function Activity({ of, taken }: { of: MyStationActivity; taken: RefObject<boolean> }) {
  const again = useAgain(PATH);
  const action = useAction((way: "sign-up" | "give-up", sending) =>
    tell<MyStationActivity>(`${PATH}/${of.id}/${way}`, undefined, sending),
  );
  const act = async (way: "sign-up" | "give-up") => {
    taken.current = Boolean(await action.run(way)) && way === "sign-up";
    await again();
  };
  const signed = signedUp(of);
  const begun = Date.parse(of.starts_at) <= timeNow();
  return (
    <article className="box" aria-labelledby={`activity-${of.id}`}>
      <h2 id={`activity-${of.id}`}>{of.title}</h2>
      <p className="quiet">
        {of.kind_label} · {of.host}
      </p>
      <p>{span(of.starts_at, of.ends_at)}</p>
      <StationLine at={of} />
      {of.about && <p>{of.about}</p>}
      {of.cancelled ? (
        <p className="note bad">活动已取消：{of.cancelled}</p>
      ) : (
        <>
          <p role="status">
            <b>{of.standing}</b>
            <span className="quiet">
              {" · "}
              名额 {count(of.capacity)} 人，已报 {count(of.seated)} 人
              {of.waiting > 0 && `，候补 ${count(of.waiting)} 人`}
            </span>
          </p>
          {action.problem && <Failed error={action.problem} />}
          {of.attended_at ? null : begun ? (
            <p className="quiet">活动已经开始，到现场出示“到站码”签到。</p>
          ) : signed ? (
            <Sure
              open="取消报名"
              look="plain wide"
              says="取消后名额会让给别人，再想参加要重新报名。"
              yes="确定取消"
              no="不取消"
              busy={action.busy}
              done={() => act("give-up")}
            />
          ) : (
            <button type="button" className="main" disabled={action.busy} onClick={() => act("sign-up")}>
              {action.busy ? "正在报名…" : of.seated < of.capacity ? "报名" : "排队候补"}
            </button>
          )}
        </>
      )}
    </article>
  );
}
