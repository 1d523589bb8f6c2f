import { useState } from "react";
import { useAction } from "../../client/action";
import type { MyStationBooking, StationDeskTimes } from "../../client/types";
import { clock, day, minute } from "../../shared/words";
import { Agree, wanting } from "../agree";
import { tell } from "../ask";
import { Choice, Taps } from "../field";
import { Failed } from "../frame";
import { Answered, useMine } from "../use-mine";

interface TimesProps {
  desk: string;
  /** Where the time that is chosen is sent. */
  path: string;
  /** What happens then. */
  verb: string;
  leave: () => void;
  /** Told whether it was taken. */
  done: (booked: boolean) => Promise<void>;
}

/** Chooses a free time of a desk: the day, then the hour. */
export function Times({ desk, path, verb, leave, done }: TimesProps) {
  const asked = useMine<StationDeskTimes>(`/me/station-desks/${desk}`);
  const [onDay, choose] = useState("");
  const [starts_at, take] = useState("");
  const action = useAction((input: { starts_at: string }, sending) => tell<MyStationBooking>(path, input, sending));
  const send = async () => {
    const booked = Boolean(await action.run({ starts_at }));
    await done(booked);
    if (booked) leave();
  };
  return (
    <>
      <Answered asked={asked}>
        {({ days, notice: told }) => {
          const free = days.filter((one) => one.times.some((time) => time.free));
          const chosen = free.find((one) => one.day === onDay) ?? free[0];
          if (!chosen) return <p className="note">近期没有可以约的时间。</p>;
          const times = chosen.times.filter((one) => one.free);
          // Others may have been quicker since it was chosen.
          const time = times.find((one) => one.starts_at === starts_at)?.starts_at;
          const notice = wanting(action.problem);
          return (
            <>
              <Choice label="日期" value={chosen.day} onChange={(next) => [choose(next), take("")]}>
                {free.map((one) => (
                  <option key={one.day} value={one.day}>
                    {day(one.day)}
                  </option>
                ))}
              </Choice>
              <Taps
                label="时间"
                value={starts_at}
                onChange={take}
                choices={times.map((one) => ({ code: one.starts_at, label: clock(one.starts_at) }))}
              />
              {told && (
                <details>
                  <summary>个人信息处理告知（点开阅读）</summary>
                  <p className="small">{told}</p>
                </details>
              )}
              {notice && time ? (
                <Agree notice={notice} lead="预约前，请先阅读并单独同意：" yes={`同意并${verb}`} done={send} />
              ) : (
                <>
                  {action.problem && <Failed error={action.problem} />}
                  <button type="button" className="main" disabled={action.busy || !time} onClick={send}>
                    {verb}
                    {time && ` ${minute(time).slice(5)}`}
                  </button>
                </>
              )}
            </>
          );
        }}
      </Answered>
      <button type="button" className="link" onClick={leave}>
        不选了
      </button>
    </>
  );
}
