import { type FormEvent, useState } from "react";
import { useAction } from "../../client/action";
import { put } from "../../client/http";
import type { StationRoster, StationRosterRow, StationShift } from "../../client/types";
import { today } from "../../shared/words";
import { tell } from "../ask";
import { Choice, Field, Taps } from "../field";
import { Failed } from "../frame";

interface FormProps {
  station: string;
  /** Who can be on duty. */
  posts: StationRoster["posts"];
  /** The shift that is changed; a new one without. */
  before?: StationRosterRow;
  leave: () => void;
  done: () => Promise<void>;
}

const HOURS = Array.from({ length: 25 }, (_, hour) => hour);
const WEEKS = [1, 2, 4, 8, 12, 26];
const KINDS = [
  { code: "volunteers", label: "招募志愿者" },
  { code: "duty", label: "站长值守" },
];
const FIELDS = ["day", "from_hour", "until_hour", "task", "wanted", "weeks", "post_id"];
const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** Puts a shift up, once or weekly, or changes one. */
export function ShiftForm({ station, posts, before, leave, done }: FormProps) {
  const [kind, choose] = useState(before?.post_id ? "duty" : "volunteers");
  const [on, setDay] = useState(before?.day ?? today());
  const [from, setFrom] = useState(before?.from_hour ?? 9);
  const [until, setUntil] = useState(before?.until_hour ?? 12);
  const [task, setTask] = useState(before?.task ?? "");
  const [wanted, setWanted] = useState(`${before?.wanted || 2}`);
  const [guided, guide] = useState(before?.guided ?? true);
  const [post, appoint] = useState(before?.post_id ?? posts[0]?.code ?? "");
  const [weeks, repeat] = useState("1");
  const path = `/me/stations/${station}/shifts`;
  const action = useAction(async (input: object, sending) =>
    before
      ? [await put<StationShift>(path, { ...input, shift_id: before.id }, { ...sending, tag: `"${before.version}"` })]
      : tell<StationShift[]>(path, { ...input, weeks: Number(weeks) }, sending),
  );
  const wrong = (field: string) => action.problem?.of(field);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const made = await action.run({
      day: on,
      from_hour: from,
      until_hour: until,
      task,
      wanted: kind === "duty" ? 0 : Number(wanted) || 0,
      guided,
      post_id: kind === "duty" ? post : null,
    });
    // Whoever was second finds what the first one saved when he opens the shift again.
    await done();
    if (made) leave();
  };
  const hours = (label: string, field: string, value: number, change: (hour: number) => void, some: number[]) => (
    <Choice label={label} value={`${value}`} wrong={wrong(field)} onChange={(hour) => change(Number(hour))}>
      {some.map((hour) => (
        <option key={hour} value={hour}>
          {clock(hour)}
        </option>
      ))}
    </Choice>
  );
  return (
    <form onSubmit={submit} noValidate aria-label={before ? "修改班次" : "排班"}>
      <Taps label="类型" value={kind} onChange={choose} choices={KINDS} />
      <Field
        label="做什么"
        maxLength={40}
        value={task}
        hint={kind === "duty" ? "如：开站值守" : "如：整理图书、午间热饭引导"}
        wrong={wrong("task")}
        onChange={setTask}
      />
      <Field label="日期" type="date" min={today()} value={on} wrong={wrong("day")} onChange={setDay} />
      {hours("开始", "from_hour", from, setFrom, HOURS.slice(0, 24))}
      {hours("结束", "until_hour", until, setUntil, HOURS.slice(1))}
      {!before && (
        <Choice label="每周重复" value={weeks} wrong={wrong("weeks")} onChange={repeat}>
          {WEEKS.map((one) => (
            <option key={one} value={one}>
              {one === 1 ? "只这一次" : `连续 ${one} 周`}
            </option>
          ))}
        </Choice>
      )}
      {kind === "duty" ? (
        <Choice label="谁值守" value={post} wrong={wrong("post_id")} onChange={appoint}>
          {posts.map((one) => (
            <option key={one.code} value={one.code}>
              {one.label}
            </option>
          ))}
        </Choice>
      ) : (
        <>
          <Field
            label="需要几人"
            inputMode="numeric"
            value={wanted}
            wrong={wrong("wanted")}
            onChange={(text) => setWanted(text.trim())}
          />
          <ul className="checks">
            <li>
              <label>
                <input type="checkbox" checked={guided} onChange={(event) => guide(event.target.checked)} />
                <span>站里有人带，第一次来的也能单独报名</span>
              </label>
            </li>
          </ul>
        </>
      )}
      {action.problem && !FIELDS.some(wrong) && <Failed error={action.problem} />}
      <button type="submit" className="main" disabled={action.busy}>
        {before ? "保存" : "发布"}
      </button>
      <button type="button" className="link" onClick={leave}>
        不{before ? "改" : "排"}了
      </button>
    </form>
  );
}
