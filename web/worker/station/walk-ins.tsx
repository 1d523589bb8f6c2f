import { type FormEvent, useState } from "react";
import { useAction } from "../../client/action";
import type { NewStationWalkIn, StationDeskNow, StationWalkIn } from "../../client/types";
import { called } from "../../shared/stations";
import { clock, hours } from "../../shared/words";
import { tell } from "../ask";
import { Field } from "../field";
import { Failed } from "../frame";
import { Scan } from "../scan/scan";
import { Answered, useAgain, useMine } from "../use-mine";
import { Back } from "./back";
import { GroupChoice } from "./group-choice";
import type { Choices } from "./remembered";

/** Who comes to a desk of the station without having booked: by his code, his phone, or as nobody known. */
export function WalkIns({ day }: { day: Choices }) {
  const path = `/me/stations/${day.station.id}`;
  const asked = useMine<StationDeskNow[]>(`${path}/desks`, { refetchInterval: 60_000 });
  // A desk whose time was taken leaves the list.
  const [said, say] = useState("");
  return (
    <Answered asked={asked}>
      {(desks) => {
        const free = desks.filter((one) => one.starts_at);
        if (desks.length === 0) return <p className="note">本站没有咨询窗口。窗口由上级工会在工作台设立。</p>;
        return (
          <section aria-label="咨询">
            <p role="status">{said}</p>
            {free.length === 0 ? (
              <p className="note">现在没有空着的咨询时段。</p>
            ) : (
              <p className="quiet small">
                扫码或填手机号码前请告诉职工：会保存这次咨询的时间和咨询记录，记录只有他和咨询人员能看；不愿意的按不记名登记。
              </p>
            )}
            {free.map((desk) => (
              <Desk key={desk.id} desk={desk} day={day} path={path} say={say} />
            ))}
            <Written path={path} desks={desks} say={say} />
          </section>
        );
      }}
    </Answered>
  );
}

/** Whom I wrote down today; a mistake is taken back. */
function Written({ path, desks, say }: { path: string; desks: StationDeskNow[]; say: DeskProps["say"] }) {
  const asked = useMine<StationWalkIn[]>(`${path}/walk-ins`);
  const again = useAgain(`${path}/desks`, `${path}/walk-ins`);
  const [taking, take] = useState("");
  return (
    <Answered asked={asked}>
      {(all) =>
        all.length > 0 && (
          <>
            <h2>我今天登记的</h2>
            <ol className="line">
              {all.map((one) => (
                <li key={one.id} className={one.taken_back ? "taken-back" : undefined}>
                  <time dateTime={one.starts_at}>{clock(one.starts_at)}</time>
                  <b>{called(one)}</b>
                  <span className="quiet">{desks.find((desk) => desk.id === one.desk_id)?.label}</span>
                  {one.taken_back ? (
                    <em>已撤回：{one.taken_back}</em>
                  ) : taking === one.id ? (
                    <div className="whole">
                      <Back
                        path={`${path}/walk-in-take-back`}
                        body={{ walk_in_id: one.id }}
                        says="这次咨询不再计数，时段空出来。"
                        leave={() => take("")}
                        again={() => {
                          // Who had missed his time before has missed it again, and leaves the list.
                          say(`已撤回：${called(one)}`);
                          return again();
                        }}
                      />
                    </div>
                  ) : (
                    <button
                      type="button"
                      className="link"
                      aria-label={`撤回${clock(one.starts_at)} ${called(one)}`}
                      onClick={() => take(one.id)}
                    >
                      撤回
                    </button>
                  )}
                </li>
              ))}
            </ol>
          </>
        )
      }
    </Answered>
  );
}

interface DeskProps {
  desk: StationDeskNow;
  day: Choices;
  path: string;
  say: (words: string) => void;
}

function Desk({ desk, day, path, say }: DeskProps) {
  const [phone, type] = useState("");
  const [missing, miss] = useState("");
  const [group, pick] = useState("");
  const again = useAgain(`${path}/desks`, `${path}/walk-ins`);
  const action = useAction((input: NewStationWalkIn, sending) =>
    tell<StationWalkIn>(`${path}/walk-ins`, input, sending),
  );
  const write = async (who: Omit<NewStationWalkIn, "desk_id">) => {
    say("");
    miss("");
    const done = await action.run({ desk_id: desk.id, ...who });
    if (!done) return;
    say(`已登记：${called(done)}`);
    await again();
  };
  const byPhone = (event: FormEvent) => {
    event.preventDefault();
    if (phone.trim()) write({ phone: phone.trim() });
    else miss("请填写手机号码；不愿留名的，点下面的不记名登记。");
  };
  return (
    <article className="box" aria-label={desk.label}>
      <p>
        <b>{desk.label}</b> · {desk.adviser}
      </p>
      <p className="small">现在空着：{hours(desk.starts_at, desk.ends_at)}，没有预约的人可以直接来</p>
      {action.problem && !action.problem.of("phone") && <Failed error={action.problem} />}
      <Scan label="扫到站码" done={(code) => write({ code })} />
      <form onSubmit={byPhone} noValidate>
        <Field
          label="手机号码"
          hint="查不到这个号码的，点下面的不记名登记；心理咨询请扫到站码，没有同意告知书的也不记名"
          inputMode="numeric"
          value={phone}
          wrong={missing || action.problem?.of("phone")}
          onChange={type}
          beside={
            <button type="submit" className="plain" disabled={action.busy}>
              登记
            </button>
          }
        />
      </form>
      <GroupChoice groups={day.groups} value={group} onChange={pick} />
      <button type="button" className="plain wide" disabled={action.busy} onClick={() => write(group ? { group } : {})}>
        不记名登记一人
      </button>
    </article>
  );
}
