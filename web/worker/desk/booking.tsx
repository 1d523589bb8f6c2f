import { useState } from "react";
import { Link } from "react-router";
import { useAction } from "../../client/action";
import { timeNow } from "../../client/clock";
import type { MyStationBooking } from "../../client/types";
import { minute, span } from "../../shared/words";
import { tell } from "../ask";
import { Failed } from "../frame";
import { StationLine } from "../station-line";
import { Sure } from "../sure";
import { isAhead } from "./ahead";
import { Times } from "./times";

const PATH = "/me/station-bookings";

/** Something that I booked: it can be moved or cancelled in good time, and holds what was said there. */
export function Booking({ of, again }: { of: MyStationBooking; again: () => Promise<void> }) {
  const [moving, move] = useState(false);
  const action = useAction((id: string, sending) => tell<MyStationBooking>(`${PATH}/${id}/cancel`, undefined, sending));
  const cancel = async () => {
    await action.run(of.id);
    await again();
  };
  return (
    <article className="box" aria-label={`${of.kind_label} ${minute(of.starts_at)}`}>
      <p>
        <b>{of.kind_label}</b> · {of.state_label}
      </p>
      <p>
        {span(of.starts_at, of.ends_at)} · {of.adviser}
      </p>
      <StationLine at={of} />
      {of.reason && <p className="note bad">原因：{of.reason}</p>}
      {isAhead(of) && of.about && <p className="quiet small">{of.about}</p>}
      {of.record && (
        <details>
          <summary>咨询记录</summary>
          <p className="said-there">{of.record}</p>
          <p className="quiet small">{minute(of.recorded_at)} 写下，只有您和咨询人员能看</p>
        </details>
      )}
      {action.problem && <Failed error={action.problem} />}
      {of.state === "booked" && !of.change_until && Date.parse(of.starts_at) > timeNow() && (
        <p className="quiet small">
          已过改期、取消时间，来不了请<Link to="/union">打电话给工会</Link>。
        </p>
      )}
      {of.change_until && !moving && (
        <>
          <p className="quiet small">{minute(of.change_until).slice(5)} 前可以改期或取消</p>
          <button type="button" className="plain wide" onClick={() => move(true)}>
            改期
          </button>
          <Sure
            open="取消预约"
            look="link"
            says="取消后这个时间会让给别人。"
            yes="确定取消"
            no="不取消"
            busy={action.busy}
            done={(close) => cancel().then(close)}
          />
        </>
      )}
      {moving && (
        <Times desk={of.desk_id} path={`${PATH}/${of.id}/move`} verb="改到" leave={() => move(false)} done={again} />
      )}
    </article>
  );
}
