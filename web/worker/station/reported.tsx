import { useState } from "react";
import { useAction } from "../../client/action";
import type { StationFault, StationFaultAnswer } from "../../client/types";
import { count, minute } from "../../shared/words";
import { tell } from "../ask";
import { Field } from "../field";
import { Failed } from "../frame";
import { Answered, useAgain, useMine } from "../use-mine";

/** What visitors say is broken or missing, and saying what it is. */
export function Reported({ station }: { station: string }) {
  const asked = useMine<StationFault[]>(`/me/stations/${station}/faults`, { refetchInterval: 60_000 });
  return (
    <Answered asked={asked}>
      {(faults) => faults.map((fault) => <One key={fault.id} of={fault} station={station} />)}
    </Answered>
  );
}

function One({ of, station }: { of: StationFault; station: string }) {
  const [answer, type] = useState("");
  const path = `/me/stations/${station}`;
  const again = useAgain(path);
  const action = useAction((input: StationFaultAnswer, sending) =>
    tell<StationFault>(`${path}/fault-answers`, input, sending),
  );
  const say = async (state: StationFaultAnswer["state"]) => {
    if (!(await action.run({ id: of.id, state, answer: answer.trim() || null }))) return;
    type("");
    await again();
  };
  const act = (state: StationFaultAnswer["state"], label: string) => (
    <button type="button" className="plain" disabled={action.busy} onClick={() => say(state)}>
      {label}
    </button>
  );
  return (
    <article className="box" aria-label={`有人反映：${of.item_label}`}>
      <p>
        有人反映：<b>{of.item_label}</b>
        {of.said.length > 0 && `（${of.said.join("；")}）`}
      </p>
      <p className="quiet small">
        {minute(of.reported_at)}起，{count(of.reporters)} 人 · {of.state_label}
        {of.answer && `：${of.answer}`}
      </p>
      {action.problem && action.problem.fields.length === 0 && <Failed error={action.problem} />}
      <Field
        label="答复反映的人"
        maxLength={100}
        value={answer}
        hint="没发现问题时必填"
        wrong={action.problem?.of("answer")}
        onChange={type}
      />
      <div className="two">
        {of.state === "open" && act("broken", "确认有问题")}
        {act("mended", "已处理好")}
        {of.state === "open" && act("unfounded", "没发现问题")}
      </div>
    </article>
  );
}
