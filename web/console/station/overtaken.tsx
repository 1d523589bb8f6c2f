import { Button, Card } from "antd";
import type { InspectionDraft, StationInspectionSheet } from "../../client/types";
import { day, minute, minuteOf } from "../../shared/words";
import { PlainTable } from "../parts/plain-table";
import { useSession } from "../session";
import { type Account, forget, store, type Unsent } from "./draft";

interface Props {
  of: StationInspectionSheet;
  by: Account;
  /** What waits on this device. */
  here: Unsent;
  done: () => void;
}

/** Whoever marked what another inspector marked and saved first decides which marks he goes on with: nothing is lost unseen. */
export function Overtaken({ of, by, here, done }: Props) {
  // He himself may have, where no answer came to this device, or on another one.
  const own = useSession().data?.name === of.drafted_by;
  const takeMine = () => {
    if (store(by, of.id, of.drafted_at ?? null, here.draft)) done();
  };
  const takeTheirs = () => {
    forget(by, of.id);
    done();
  };
  return (
    <Card title="这次检查有两份登记" role="alert">
      <p>
        {of.drafted_by}
        {own && "（您本人）"} {minute(of.drafted_at)}先保存了一份，已评 {marked(of.draft)} 项；您 {minuteOf(here.at)}
        在这台设备上登记的一份还没有保存，已评 {marked(here.draft)} 项。
      </p>
      <p>
        两份不能合并。请选择用哪一份接着登记，另一份就不再保留。
        {!own && `拿不准时先与${of.drafted_by}商量，您的一份会留在这台设备上。`}
      </p>
      <PlainTable<Difference>
        rowKey="what"
        size="small"
        scroll={undefined}
        dataSource={differences(of, here.draft)}
        locale={{ emptyText: "两份登记的内容相同。" }}
        columns={[
          { title: "两份不同的", dataIndex: "what" },
          { title: "已保存的", dataIndex: "theirs" },
          { title: "这台设备上的", dataIndex: "mine" },
        ]}
      />
      <p>
        <Button type="primary" onClick={takeMine}>
          用这台设备上的登记
        </Button>{" "}
        <Button onClick={takeTheirs}>用已保存的登记</Button>
      </p>
    </Card>
  );
}

/** How many items are marked. */
const marked = (draft: InspectionDraft | null | undefined) =>
  draft?.marks.filter((mark) => mark.apart || (mark.score ?? null) !== null).length ?? 0;

/** What both say of the same, each in its own words. */
interface Difference {
  what: string;
  theirs: string;
  mine: string;
}

/** Where what is kept and what was marked here differ. */
function differences(of: StationInspectionSheet, mine: InspectionDraft): Difference[] {
  const told: [string, (draft: InspectionDraft) => string][] = [
    ["实际检查日期", (draft) => day(draft.done_on)],
    ...of.marks.map(({ code, label }): (typeof told)[number] => [label, (draft) => mark(draft, code)]),
    ["需要整改的问题", (draft) => draft.found.map((one) => one.wrong ?? "未写明").join("；")],
    ["总体意见", (draft) => draft.note ?? ""],
  ];
  const { draft } = of;
  if (!draft) return [];
  return told
    .map(([what, tell]) => ({ what, theirs: tell(draft), mine: tell(mine) }))
    .filter(({ theirs, mine }) => theirs !== mine);
}

/** How an item is marked, what was seen and how many pictures prove it. */
function mark(draft: InspectionDraft, code: string): string {
  const { apart, score, note, photos = [] } = draft.marks.find((one) => one.code === code) ?? {};
  const points = apart ? "不适用" : (score ?? null) === null ? "未评" : `${score} 分`;
  return [points, note, photos.length > 0 && `照片${photos.length}张`].filter(Boolean).join("，");
}
