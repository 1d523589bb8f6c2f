import { Button, Card } from "antd";
import type { InspectionDraft, StationInspectionSheet } from "../../client/types";
import { minute, minuteOf } from "../../shared/words";
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
    store(by, of.id, of.drafted_at ?? null, here.draft);
    done();
  };
  const takeTheirs = () => {
    forget(by, of.id);
    done();
  };
  return (
    <Card title="这次检查有两份登记">
      <p>
        {of.drafted_by}
        {own && "（您本人）"} {minute(of.drafted_at)}先保存了一份，已评 {marked(of.draft)} 项；您 {minuteOf(here.at)}
        在这台设备上登记的一份还没有保存，已评 {marked(here.draft)} 项。
      </p>
      <p>
        两份不能合并。请选择用哪一份接着登记，另一份就不再保留。
        {!own && `拿不准时先与${of.drafted_by}商量，您的一份会留在这台设备上。`}
      </p>
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
