import { useState } from "react";
import { useAction } from "../../client/action";
import type { StationRosterRow, StationShift, StationVolunteer } from "../../client/types";
import { day } from "../../shared/words";
import { tell } from "../ask";
import { Choice, Field } from "../field";
import { Failed } from "../frame";

interface ShiftProps {
  of: StationRosterRow;
  station: string;
  change: () => void;
  again: () => Promise<void>;
}

/** A shift of my station, with who stands on it. */
export function RosterShift({ of, station, change, again }: ShiftProps) {
  const [calling, call] = useState(false);
  const [reason, why] = useState("");
  const action = useAction((input: { shift_id: string; reason: string }, sending) =>
    tell<StationShift>(`/me/stations/${station}/shift-off`, input, sending),
  );
  const callOff = async () => {
    if (!(await action.run({ shift_id: of.id, reason }))) return;
    call(false);
    await again();
  };
  return (
    <article className="box" aria-label={`班次：${of.task}`}>
      <p>
        <b>{of.task}</b> · {of.on_duty ?? `志愿者 ${of.signed} / ${of.wanted} 人`}
      </p>
      <p>
        {day(of.day)} {of.hours_text}
      </p>
      {of.off && <p className="note bad">已取消：{of.off}</p>}
      {of.volunteers.map((one) => (
        <Helper key={one.id} of={one} station={station} again={again} />
      ))}
      {action.problem && !action.problem.of("reason") && <Failed error={action.problem} />}
      {!of.off && !of.begun && !calling && (
        <>
          <button type="button" className="plain wide" onClick={change}>
            修改
          </button>
          <button type="button" className="link" onClick={() => call(true)}>
            取消这一班
          </button>
        </>
      )}
      {calling && (
        <>
          <Field
            label="取消原因"
            hint="已报名的人会收到短信"
            maxLength={200}
            value={reason}
            wrong={action.problem?.of("reason")}
            onChange={why}
          />
          <button type="button" className="main" disabled={action.busy} onClick={callOff}>
            确定取消
          </button>
          <button type="button" className="link" onClick={() => call(false)}>
            不取消
          </button>
        </>
      )}
    </article>
  );
}

/** Somebody on a shift: his hours are confirmed, or taken back with a reason. */
function Helper({ of, station, again }: { of: StationVolunteer; station: string; again: () => Promise<void> }) {
  // Until he chooses it is all that can be credited, which grows while the shift goes on.
  const [chosen, choose] = useState<string>();
  const hours = chosen ?? `${of.most ?? 0}`;
  const [reason, why] = useState<string>();
  const confirm = useAction((input: { volunteer_id: string; hours: number }, sending) =>
    tell<StationVolunteer>(`/me/stations/${station}/shift-hours`, input, sending),
  );
  const undo = useAction((input: { volunteer_id: string; reason: string }, sending) =>
    tell<StationVolunteer>(`/me/stations/${station}/shift-hours-back`, input, sending),
  );
  const credit = async () => {
    await confirm.run({ volunteer_id: of.id, hours: Number(hours) });
    await again();
  };
  const takeBack = async () => {
    if (!(await undo.run({ volunteer_id: of.id, reason: reason ?? "" }))) return;
    why(undefined);
    await again();
  };
  return (
    <div className="line">
      <p>
        {of.name} {of.phone && <span className="quiet small">{of.phone}</span>}
        <br />
        <span className="quiet small">{of.standing}</span>
      </p>
      {confirm.problem && <Failed error={confirm.problem} />}
      {undo.problem && !undo.problem.of("reason") && <Failed error={undo.problem} />}
      {of.most != null && (
        <>
          <Choice label={`${of.name}的时长`} value={hours} onChange={choose}>
            {Array.from({ length: of.most + 1 }, (_, at) => at)
              .reverse()
              .map((one) => (
                <option key={one} value={`${one}`}>
                  {one === 0 ? "没有来" : `${one} 小时`}
                </option>
              ))}
          </Choice>
          <button type="button" className="plain wide" disabled={confirm.busy} onClick={credit}>
            确认时长
          </button>
        </>
      )}
      {of.hours != null &&
        (reason === undefined ? (
          <button type="button" className="link" onClick={() => why("")}>
            撤回确认
          </button>
        ) : (
          <>
            <Field label="撤回原因" maxLength={200} value={reason} wrong={undo.problem?.of("reason")} onChange={why} />
            <button type="button" className="plain wide" disabled={undo.busy} onClick={takeBack}>
              撤回
            </button>
            <button type="button" className="link" onClick={() => why(undefined)}>
              不撤回了
            </button>
          </>
        ))}
    </div>
  );
}
