import { useAction } from "../../client/action";
import type { MyStationShift, MyStationVolunteering } from "../../client/types";
import { day, minute } from "../../shared/words";
import { tell } from "../ask";
import { Failed } from "../frame";
import { StationLine } from "../station-line";
import { Sure } from "../sure";

interface ShiftProps {
  of: MyStationShift;
  again: () => Promise<void>;
}

/** A shift of mine: I withdraw in good time, or look for somebody to take my place. */
export function MyShift({ of, again }: ShiftProps) {
  const action = useAction((input: { way: "leave" | "offer"; offered?: boolean }, sending) =>
    tell<MyStationVolunteering>(`/me/station-shifts/${of.id}/${input.way}`, { offered: input.offered }, sending),
  );
  const act = async (way: "leave" | "offer", offered?: boolean) => {
    await action.run({ way, offered });
    await again();
  };
  return (
    <article className="box" aria-label={`我的班次：${of.task}`}>
      <p>
        <b>{of.task}</b> · {of.standing}
      </p>
      <p>
        {day(of.day)} {of.hours_text}
      </p>
      <StationLine at={of} />
      {of.off && <p className="note bad">原因：{of.off}</p>}
      {action.problem && <Failed error={action.problem} />}
      {of.leave_until && (
        <p className="quiet small">{minute(of.leave_until).slice(5)} 前可以直接退出，之后须找人接替</p>
      )}
      {of.may_offer &&
        (of.offered ? (
          <>
            <p className="quiet small">有人接替前，这一班仍由您负责。</p>
            <button type="button" className="plain wide" disabled={action.busy} onClick={() => act("offer", false)}>
              不找了，我自己来
            </button>
          </>
        ) : (
          <button type="button" className="plain wide" disabled={action.busy} onClick={() => act("offer", true)}>
            来不了，找人接替
          </button>
        ))}
      {of.leave_until && (
        <Sure
          open="退出这一班"
          look="link"
          says="退出后名额会让给别人，再想来要重新报名。"
          yes="确定退出"
          no="不退出"
          busy={action.busy}
          done={(close) => act("leave").then(close)}
        />
      )}
    </article>
  );
}
