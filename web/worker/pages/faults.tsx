import { Link } from "react-router";
import type { MyStationFault } from "../../client/types";
import { count, minute } from "../../shared/words";
import { Frame } from "../frame";
import { Answered, useMine } from "../use-mine";

/** What I reported at stations, and what became of it. */
export default function FaultsPage() {
  const asked = useMine<MyStationFault[]>("/me/station-faults");
  return (
    <Frame title="我反映的问题">
      <p>驿站的设施坏了、东西缺了，找到这个驿站，点“报告问题”，站长会去核实并答复您。</p>
      <Link to="/stations" className="plain wide">
        找到驿站，报告问题
      </Link>
      <Answered asked={asked}>
        {(faults) =>
          faults.length === 0 ? (
            <p className="note">您还没有反映过问题。</p>
          ) : (
            faults.map((fault) => (
              <article className="box" key={fault.id} aria-label={`${fault.station}：${fault.item_label}`}>
                <p>
                  <b>{fault.station}</b>：{fault.item_label}
                  {fault.said && `，${fault.said}`}
                </p>
                <p className="quiet small">
                  {minute(fault.said_at)}
                  {fault.reporters > 1 && ` · 共 ${count(fault.reporters)} 人反映`}
                </p>
                <p>
                  <b>{fault.state_label}</b>
                  {fault.answer && `：${fault.answer}`}
                </p>
                {fault.answered_at && <p className="quiet small">{minute(fault.answered_at)} 答复</p>}
              </article>
            ))
          )
        }
      </Answered>
    </Frame>
  );
}
