import { type FormEvent, useState } from "react";
import { useAction } from "../../client/action";
import type { StationRating } from "../../client/types";
import { day } from "../../shared/words";
import { tell } from "../ask";
import { Field } from "../field";
import { Answered, useAgain, useMine } from "../use-mine";

/** What visitors say of the station, and answering it. */
export function SaidHere({ station }: { station: string }) {
  const asked = useMine<StationRating[]>(`/me/stations/${station}/ratings`);
  return (
    <section aria-label="评价">
      <Answered asked={asked}>
        {(ratings) =>
          ratings.length === 0 ? (
            <p className="note">还没有评价。职工到站登记后可以在手机上评价。</p>
          ) : (
            ratings.map((rating) => <One key={rating.id} of={rating} station={station} />)
          )
        }
      </Answered>
    </section>
  );
}

function One({ of, station }: { of: StationRating; station: string }) {
  const [reply, type] = useState(of.reply ?? "");
  const [changing, change] = useState(false);
  const path = `/me/stations/${station}`;
  // How many wait for an answer stands above.
  const again = useAgain(path);
  const action = useAction((text: string, sending) =>
    tell<StationRating>(`${path}/reply`, { id: of.id, reply: text }, sending),
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await action.run(reply))) return;
    await again();
    change(false);
  };
  return (
    <article className="box" aria-label={`${of.points} 分`}>
      <p>
        <b>{of.points} 分</b> {of.said}
      </p>
      <p className="quiet small">{day(of.said_at)}</p>
      {of.hidden && <p className="quiet">已由上级工会隐藏：{of.hidden}</p>}
      {of.reply && !changing ? (
        <>
          <p>我的回复：{of.reply}</p>
          <button type="button" className="link" onClick={() => change(true)}>
            修改回复
          </button>
        </>
      ) : (
        <form onSubmit={submit} noValidate>
          <Field
            label="回复"
            maxLength={200}
            value={reply}
            wrong={action.problem?.message}
            onChange={type}
            beside={
              <button type="submit" className="plain" disabled={action.busy}>
                {changing ? "保存" : "回复"}
              </button>
            }
          />
        </form>
      )}
    </article>
  );
}
