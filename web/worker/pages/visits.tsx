import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { Link } from "react-router";
import { useAction } from "../../client/action";
import type { MyStationVisit } from "../../client/types";
import { minute } from "../../shared/words";
import { tell } from "../ask";
import { Said, Taps } from "../field";
import { Frame } from "../frame";
import { Answered, useMine } from "../use-mine";

const PATH = "/me/station-visits";
const POINTS = [5, 4, 3, 2, 1].map((points) => ({ code: `${points}`, label: `${points} 分` }));

/** My visits to stations, and what I say of them. */
export default function VisitsPage() {
  const asked = useMine<MyStationVisit[]>(PATH);
  return (
    <Frame title="到站评价">
      <Answered asked={asked}>
        {(visits) =>
          visits.length === 0 ? (
            <p className="note">近期没有到站记录。到驿站出示“到站码”登记后，可以在这里评价。</p>
          ) : (
            visits.map((visit) => <Visit key={visit.id} of={visit} />)
          )
        }
      </Answered>
    </Frame>
  );
}

function Visit({ of }: { of: MyStationVisit }) {
  const [rating, rate] = useState(false);
  return (
    <article className="box" aria-label={of.station}>
      <p>
        <b>{of.station}</b>
      </p>
      <p className="quiet small">{minute(of.happened_at)} 到站</p>
      {of.points && (
        <p>
          我的评价：{of.points} 分{of.said && `，${of.said}`}
        </p>
      )}
      {of.reply && <p>站长回复：{of.reply}</p>}
      {of.reply && !of.hidden && (
        <p className="quiet small">
          站长已回复，不能再改。想删除的，请到“<Link to="/privacy">我的个人信息</Link>”申请。
        </p>
      )}
      {of.hidden && <p>这条评价已被工会隐藏，别人看不到。原因：{of.hidden}</p>}
      {!of.reply &&
        !of.hidden &&
        (rating ? (
          <Rate of={of} done={() => rate(false)} />
        ) : (
          <button type="button" className="plain wide" onClick={() => rate(true)}>
            {of.points ? "修改评价" : "评价"}
          </button>
        ))}
    </article>
  );
}

function Rate({ of, done }: { of: MyStationVisit; done: () => void }) {
  const id = useId();
  const client = useQueryClient();
  const [points, choose] = useState(`${of.points ?? 5}`);
  const [said, say] = useState(of.said ?? "");
  const action = useAction((input: { points: number; said: string | null }, sending) =>
    tell<MyStationVisit>(`${PATH}/${of.id}/rate`, input, sending),
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await action.run({ points: Number(points), said: said.trim() || null }))) return;
    await client.invalidateQueries({ queryKey: ["mine", PATH] });
    done();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Taps label="打几分" value={points} onChange={choose} choices={POINTS} />
      <div className="field">
        <label htmlFor={id}>说几句（可不填）</label>
        <textarea
          id={id}
          rows={2}
          maxLength={200}
          value={said}
          onChange={(event) => say(event.target.value)}
          aria-describedby={`${id}-said`}
        />
        <Said
          id={`${id}-said`}
          wrong={action.problem?.message}
          hint="大家能看到，不显示您的姓名；请不要写电话等个人信息。站长回复后不能再改。"
        />
      </div>
      <button type="submit" className="main" disabled={action.busy}>
        提交评价
      </button>
    </form>
  );
}
