import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { every } from "../../client/every";
import { post, type Query } from "../../client/http";
import type { StationInspection, StationInspectionsPlanned, StationRow } from "../../client/types";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { useManyTold } from "../parts/many-told";
import { useToday } from "../session";
import { KindField, TeamField } from "./plan-window";

interface Typed {
  kind: StationInspection["kind"];
  from: string;
  to: string;
  team: string;
}

type Planned = StationInspectionsPlanned & { rows: StationRow[] };

interface ManyProps {
  /** The stations that were chosen; none for all that pass the filter. */
  chosen: StationRow[];
  /** The filter of the list. */
  asked: Query;
  done: () => void;
}

/** So many are planned at once. */
const MOST = 200;
/** For so many days unless somebody says otherwise. */
const MONTH = 30;

/** Plans the inspections of the stations that were chosen, or of all that the list shows. */
export function PlanMany({ chosen, asked, done }: ManyProps) {
  const [open, plan] = useState(false);
  const today = useToday();
  const client = useQueryClient();
  const say = useManyTold();
  const which = chosen.length > 0 ? `选中的 ${chosen.length} 个` : "符合条件的";
  const told = ({ planned, refused, rows }: Planned) => {
    plan(false);
    done();
    client.invalidateQueries({ queryKey: ["/station-inspections"] });
    say(`已安排 ${planned} 个`, refused, "个没有安排", (id) => rows.find((row) => row.id === id)?.name ?? "");
  };
  return (
    <>
      <Button onClick={() => plan(true)}>
        {chosen.length > 0 ? `批量安排检查（${chosen.length}）` : "为符合条件的驿站安排检查"}
      </Button>
      <FormModal<Typed, Planned>
        title={`安排检查：${which}驿站`}
        open={open}
        close={() => plan(false)}
        okText="安排"
        initial={{ kind: "planned", from: today, to: dayjs(today).add(MONTH, "day").format("YYYY-MM-DD") }}
        submit={async (typed, sending) => {
          const rows = chosen.length > 0 ? chosen : await every<StationRow>("/stations", asked, MOST);
          const stations = rows.map((row) => row.id);
          const path = "/station-inspections/plan";
          return { ...(await post<StationInspectionsPlanned>(path, { ...typed, stations }, sending)), rows };
        }}
        done={told}
      >
        <p className="quiet">
          一次最多 {MOST}{" "}
          个，更多的请先筛选。按列表的顺序平均排到这段时间的工作日；已撤销的和已经安排了检查的不再安排，并列出原因。
        </p>
        <KindField />
        <DayField label="从哪天起" name="from" required min={today} />
        <DayField label="到哪天止" name="to" required min={today} />
        <TeamField />
      </FormModal>
    </>
  );
}
