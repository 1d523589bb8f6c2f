import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { useAction } from "../../client/action";
import type { MyStationFault, NearStation, NewStationFault } from "../../client/types";
import { tell } from "../ask";
import { Choice, Field } from "../field";
import { Failed } from "../frame";
import { Answered, isStranger, useLogInAddress, useMine } from "../use-mine";

const PATH = "/me/station-faults";
/** What is on no list; no code of the catalogue looks so. */
const ELSE = "+";

/** Says that something of a station is broken or missing. Who one is is asked only when somebody opens it. */
export function Report({ station }: { station: NearStation }) {
  const [open, show] = useState(false);
  const asked = useMine<MyStationFault[]>(PATH, { enabled: open });
  const logIn = useLogInAddress();
  return (
    <details onToggle={(event) => show(event.currentTarget.open)}>
      <summary>报告问题</summary>
      {open && isStranger(asked.error) && (
        <Link className="plain wide" to={logIn}>
          登录后报告问题
        </Link>
      )}
      {open && !isStranger(asked.error) && <Answered asked={asked}>{() => <Form station={station} />}</Answered>}
    </details>
  );
}

function Form({ station }: { station: NearStation }) {
  const client = useQueryClient();
  const [item, choose] = useState("");
  const [said, type] = useState("");
  const [taken, take] = useState<MyStationFault>();
  const action = useAction((input: NewStationFault, sending) => tell<MyStationFault>(PATH, input, sending));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { station_id: station.id, item: item === ELSE ? null : item, said: said.trim() || null };
    const done = await action.run(input);
    if (!done) return;
    take(done);
    await Promise.all([["mine", PATH], ["nearest"]].map((queryKey) => client.invalidateQueries({ queryKey })));
  };
  if (taken) {
    const words = taken.reporters > 1 ? "已有人报告，站长正在处理" : "已转给站长核实";
    return (
      <>
        <p role="status">{words}，处理结果会短信告诉您。</p>
        <Link className="plain wide" to="/faults">
          我反映的问题
        </Link>
      </>
    );
  }
  return (
    <form onSubmit={submit} noValidate aria-label={`报告问题：${station.name}`}>
      {action.problem && action.problem.fields.length === 0 && <Failed error={action.problem} />}
      <Choice label="什么有问题" value={item} onChange={choose} wrong={action.problem?.of("item")}>
        <option value="">请选择</option>
        {station.items
          .filter((one) => one.works)
          .map((one) => (
            <option key={one.code} value={one.code}>
              {one.label}
            </option>
          ))}
        <option value={ELSE}>其他</option>
      </Choice>
      <Field
        label={item === ELSE ? "哪里有问题" : "哪里有问题（可不填）"}
        maxLength={100}
        value={said}
        hint="如：不加热、没有纸巾"
        wrong={action.problem?.of("said")}
        onChange={type}
      />
      <button type="submit" className="main" disabled={action.busy || item === ""}>
        告诉站长
      </button>
    </form>
  );
}
