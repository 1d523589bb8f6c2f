import { Link } from "react-router";
import type { StationNeglect, StationNeglectTag } from "../../client/types";
import { day } from "../../shared/words";
import { PlainTable } from "../parts/plain-table";
import { Word } from "../parts/word";
import { LEVELS } from "./words";

/** What is neglected at a station of a list, a word for each kind. */
export function NeglectTags({ of }: { of: StationNeglectTag[] }) {
  return of.map((tag) => (
    <div key={tag.kind}>
      <Word tone={LEVELS[tag.level]}>{tag.kind_label}</Word>
      <div className="quiet">{`${day(tag.since)}起，${tag.level_label}`}</div>
    </div>
  ));
}

/** What is neglected at a station: since when, who looks after it by now, and where it is mended; nothing if nothing is. */
export function Neglects({ of }: { of: StationNeglect[] }) {
  if (of.length === 0) return null;
  return (
    <>
      <h2>待处理</h2>
      <p className="quiet">处理后最迟一小时从这里消失；久未处理的逐级上报督办。</p>
      <PlainTable<StationNeglect>
        dataSource={of}
        columns={[
          { title: "事项", dataIndex: "kind_label" },
          { title: "内容", render: (_, row) => <div className="wide-cell">{row.what}</div> },
          { title: "从哪天起", render: (_, row) => day(row.since) },
          { title: "现在由谁处理", render: (_, row) => <Word tone={LEVELS[row.level]}>{row.level_label}</Word> },
          { title: "办理", render: (_, row) => <Way of={row} /> },
        ]}
      />
    </>
  );
}

/** Where it is mended. */
function Way({ of }: { of: StationNeglect }) {
  switch (of.kind) {
    case "round":
      return <a href="#rounds">看每日检查</a>;
    case "finding":
      return <Link to={`/station-inspections/${of.inspection_id}`}>去整改</Link>;
    case "fault":
      return <a href="#faults">看反映的问题</a>;
    case "unseen":
      return <a href="#stock">看设施与服务</a>;
  }
}
